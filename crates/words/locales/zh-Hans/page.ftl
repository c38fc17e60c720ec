# `locksmith serve` 的页面。

## What stands around every page.

page-skip = 跳到正文
page-navigation = 主导航
page-incidents = 事件
page-language = 语言
page-you-are = 您的身份：{ $person }
page-act-as = 以谁的身份操作
page-log-out = 退出登录
page-place-folder = 账户是 { $folder } 中的文件：批准的内容只在那里更改。
page-place-demo = 演示：两个账户都是 { $folder } 中的文件。需要两位所有者批准，您可以以其中任一身份操作。

## Pages that say one thing.

page-to-incidents = 前往事件列表
page-welcome = 您已登录。
    .title = 欢迎
page-log-in = 请打开 Locksmith 在终端中显示的链接。该链接只能使用一次；如果上一个已使用，终端中刚刚显示了新的链接。如果您已登录并从其他网站来到这里，请从下方继续。
    .title = 登录
page-nobody = 您的登录身份不在 Locksmith 配置的人员之中。请联系 Locksmith 的管理员。
    .title = 未登记
page-left = 您已退出登录。
    .title = 再见
page-stale = 此表单属于已结束的会话或其他会话。未执行任何操作。请重新打开事件后再试。
    .title = 表单已失效
page-not-found = 没有此页面，或者该事件已不再保留。
    .title = 未找到
page-failed = 刚才无法读取或写入存储。已向您确认的内容不会丢失。请重试。
    .title = 请重试

## Lists.

page-state = 状态
page-every-state = 所有状态
page-show = 显示
page-none = 尚未发现任何拒绝。
page-none-of = 没有处于此状态的事件。
page-all-of = 全部：{ $state }
page-list-title = 事件：{ $state }
page-pages = 列表分页
page-first = 第一页
page-next = 下一页
page-what = 调用方和对象
page-why = 原因
page-count = 拒绝次数
page-last-seen = 最近一次

## An incident: what was denied, and why.

page-headline = { $who } 对 { $what } 的 { $operation } 被拒绝
page-headline-early = { $who } 对 { $what } 的调用被拒绝
page-caller = 调用方
page-resource = 资源
page-denials = 拒绝
page-denials-since = { $count } 次，首次：
page-lately = 最近：
page-why-denied = 拒绝的原因
page-not-diagnosed = 正在读取账户的策略。
page-no-causes = 能够读取的策略都没有阻止此调用。
page-fix-automatic = Locksmith 可以提出更改
page-fix-manual = 需要由人决定
page-fix-none = 无需更改
page-expected = 预期
page-found = 实际
page-unknowns = 无法查看的信息：{ $count } 项

## What is proposed.

page-change = 建议的更改
page-change-part = 所需更改的一部分
page-change-made = 已进行的更改
page-change-undone = 已撤销的更改
page-by-hand = 需要人工处理
page-other-ways = 其他方法
page-scope = 范围
page-ends = 更改的到期时间
page-risk = 风险
page-difference = 文档中的更改
page-digest = 这些更改的摘要值：

## What owners are asked.

page-decision = 您的决定
page-now = 现状
page-asked-until = 回复截止时间：
page-approvals-missing = { $quorum } 人中已有 { $given } 人批准
page-approvals-given = 已批准
page-approved-at = 批准于
page-not-yet = 尚未
page-approve = 批准此更改
page-approve-binds = 仅批准此处显示的更改，适用于您所拥有的每个账户。所有所有者都批准后即进行更改。
page-approve-way = 改为批准此方法
page-reject = 驳回…
page-reject-now = 驳回更改
page-suppress = 抑制：此拒绝是正当的…
page-suppress-means = 不进行任何更改，并且在此日期过去之前不再询问任何人。
page-suppress-now = 抑制此拒绝
page-until = 截止时间：
page-rescope = 其他范围…
page-rescope-now = 重新制定计划
page-break-glass = 紧急批准（break-glass）：单独批准…
page-break-glass-means = 不等待所有者回复即进行更改。所有人都会收到通知以及您的理由。
page-break-glass-now = 紧急批准
page-reason = 理由
page-not-yours = { $person } 不是这些账户的所有者，应由所有者决定。
page-form-approve = 批准
page-form-way = 批准其他方法
page-form-reject = 驳回
page-form-suppress = 抑制此拒绝
page-form-rescope = 其他范围
page-form-break-glass = 紧急批准

## What can be done beside deciding.

page-since = 自
page-look-again = 下次检查：
page-reload = 重新加载页面
page-call-again = 再次尝试调用
page-call-again-means = 再次发出被拒绝的调用。由文件中的策略像 AWS 一样判定。
page-undo = 撤销更改…
page-undo-now = 撤销更改

## The answer, and the path of the call.

page-matrix = 每个权限，每个策略
page-permission = 所需权限
page-answer = 判定
page-path = 调用的路径

## What happened.

page-history = 经过
page-incident = 事件
page-first-seen = 首次拒绝
page-opened = 事件创建
page-seen = 最近一次拒绝（共 { $count } 次）
page-openings = 共打开 { $count } 次
page-gave-approval = { $person } 已批准
page-gave-approval-for = { $person } 为账户 { $account } 批准
page-broke-glass = { $person } 已紧急批准
page-did-rescope = { $person } 要求改用其他范围：{ $scope }
page-did-reject = { $person } 驳回了更改
page-did-suppress = { $person } 抑制了此拒绝
page-did-undo = { $person } 要求撤销更改
page-step-planned = 计划：
page-step-writing = 正在写入：
page-step-written = 已完成：
page-step-stood = 此前已存在：
page-step-failed = 无法完成：
page-step-undoing = 正在撤销：
page-step-undone = 已撤销：
page-step-kept = 因其他事件依赖而保留：
page-step-changed-by-others = 因他人更改而保留：
page-step-stuck = 无法撤销：

## What was done just now.

page-done-counted = 您的批准已计入，仍缺其他批准。
page-done-approved = 所有所有者均已批准，更改已开始。结果见下方。
page-done-rejected = 您已驳回更改。未进行任何更改。
page-done-suppressed = 已抑制此拒绝：调用仍会被拒绝，在此之前不再询问任何人。
page-done-rescoped = 正在重新制定计划。
page-done-before = 此前已作出该决定；未重复执行。
page-done-undone = 更改已撤销。
page-done-underway = 正在处理中。请稍后重新加载。
page-done-looked = 状态不变。账户中的现状见下方。
page-done-succeeded = 已再次发出调用，调用成功。
page-done-denied = 已再次发出调用，调用被拒绝。
page-done-unknown = 无法判断调用是否成功：缺少决定性的信息。

## Why something was not done.

page-refused-form = 无法读取表单。未执行任何操作：请查看事件现状并重新决定。
page-refused-gone = 该事件已不再保留。
page-refused-off = 此处不能批准：配置中的 approval.enabled 不是 true。
page-refused-other-plan = 您查看之后计划已发生变化。未执行任何操作：请查看现在的计划并重新决定。
page-refused-other-question = 您查看之后已重新询问。未执行任何操作：请查看现状并重新决定。
page-refused-same-scope = 计划已是此范围。
page-refused-wrong-state = 事件现在处于“{ $state }”状态：没有待决定的内容。
page-refused-too-late = 已超过批准的期限：需要重新制定计划，并再次询问所有者。
page-refused-untouched = 账户 { $account } 中没有任何更改。
page-refused-other-way = { $person } 已批准另一种方法。请批准该方法，或驳回更改。
page-refused-not-entitled = 您无权批准账户 { $account } 中的更改：由其所有者决定。
page-refused-benefits = 此更改将允许 { $principal }，而这正是您使用的身份。任何人都不能批准让自己获得权限的更改：请联系其他所有者。
page-refused-incomplete = 需要填写理由，以及尚未过去的日期。
page-refused-undo = 只有更改所在账户的所有者才能撤销。
