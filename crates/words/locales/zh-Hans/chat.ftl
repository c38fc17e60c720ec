# 聊天中阅读和回复的文字。对话框的标题和按钮最多 24 个字符，消息的按钮最多 75 个字符。

## 消息。

chat-headline = 对 { $resource } 的 { $operation } 被拒绝
chat-headline-early = 对 { $resource } 的访问被拒绝：{ $class }
chat-fallback = { $headline }：{ $state }
chat-in-account = （账户 { $account }）
chat-for-account = （账户 { $account }）
chat-by-break-glass = 紧急批准（break-glass）：{ $reason }
chat-more-causes = 另有 { $count } 个原因，请查看报告。
chat-cut = 以下内容已省略。全文请查看报告和工单。
chat-label-remark = 备注
chat-label-change = 建议的更改
chat-label-ends = 更改的到期时间
chat-label-digest = 摘要值
chat-label-done = 已执行的操作
chat-label-layers = 各策略层的判定
chat-label-aws = AWS 的消息
chat-label-unknown = 无法查看的信息
chat-label-approved = 批准人
chat-label-missing = 尚缺的批准
chat-label-answer-until = 回复截止时间
chat-label-until = 截止时间
chat-ended-rejected = 驳回人
chat-ended-suppressed = 抑制人
chat-ended-undo = 要求撤销的人
chat-missing = 账户 { $account }：{ $quorum } 人中已有 { $given } 人批准
chat-missing-nobody = 账户 { $account }：配置中没有指定所有者
chat-link-ticket = 工单 { $name }
chat-link-report = 报告
chat-incident = 事件 { $id }

## 更改的结果。

chat-step-planned = 尚未写入。
chat-step-writing = 正在写入。
chat-step-written = 已完成。
chat-step-stood = 此前已存在。
chat-step-failed = 无法完成：
chat-step-undoing = 正在撤销。
chat-step-undone = 已撤销。
chat-step-kept = 因其他事件依赖而保留。
chat-step-changed-by-others = 因他人更改而保留：
chat-step-stuck = 无法撤销：

## 按钮。

chat-button-approve = 批准
chat-button-reject = 驳回
chat-button-suppress = 抑制：此拒绝是正当的
chat-button-narrower = 缩小范围：{ $scope }
chat-button-wider = 扩大范围：{ $scope }
chat-button-details = 显示全部
chat-button-break-glass = 紧急批准（break-glass）
chat-button-undo = 撤销更改
chat-button-decide = 查看并决定
chat-confirm-approve-title = 批准这些更改吗？
chat-confirm-approve-text = 您批准在您拥有的账户中进行此处显示的更改，且仅限这些更改。所有所有者都批准后才会进行。
chat-confirm-approve-yes = 批准
chat-confirm-no = 取消
chat-confirm-scope-title = 重新制定计划吗？
chat-confirm-scope-text = 将按此范围重新制定计划：{ $scope }。此前的批准不再有效。
chat-confirm-scope-yes = 重新制定计划

## 对话框。

chat-dialog-reject-title = 驳回更改
chat-dialog-reject-submit = 驳回
chat-dialog-reject-text = 不会进行任何更改，该调用仍会被拒绝。
chat-dialog-suppress-title = 抑制此拒绝
chat-dialog-suppress-submit = 抑制
chat-dialog-suppress-text = 拒绝是正当的，不会进行任何更改。在您选择的日期之前，不再就此拒绝通知任何人。
chat-dialog-break-glass-title = 紧急批准
chat-dialog-break-glass-submit = 立即批准
chat-dialog-break-glass-text = 更改将立即在所有账户中进行，不等待所有者回复。所有人都会得知批准人是您以及您的理由。
chat-dialog-undo-title = 撤销更改
chat-dialog-undo-submit = 撤销更改
chat-dialog-undo-text = 所做的更改会被移除，该调用可能会像以前一样被拒绝。其他事件所依赖的内容，以及此后被他人更改的内容会保留。
chat-dialog-details-title = 全部详情
chat-dialog-told-title = Locksmith
chat-dialog-cancel = 取消
chat-dialog-close = 关闭
chat-dialog-reason = 理由
chat-dialog-reason-hint = 理由会与决定一起保存，其他人也能看到。
chat-dialog-until = 到这一天结束为止
chat-dialog-until-hint = 以 UTC 计算一天的结束。
chat-break-glass-note = 在紧急情况下，可以一次性批准所有账户的更改。所有人都会收到通知。

## 决定的结果。

chat-decided-counted = 您的批准已计入。尚缺：{ $missing }。
chat-decided-now = 您的决定已生效。事件的当前状态：{ $state }。
chat-decided-before = 此前已作出决定，本次没有变化。事件的状态：{ $state }。
chat-failed-store = 目前无法记录您的决定。请稍后重试。
chat-failed-announce = 您的决定已记录，稍后生效。您无需进行任何操作。
chat-failed-late = 耗时过长，无法确定您的决定是否已记录。请稍后查看消息，如果没有变化，请再次点击。
chat-failed-groups = 聊天系统未能及时告知您属于哪些组。请再次点击。
chat-failed-dialog = 无法打开对话框。请再次点击。
chat-refused-gone = 该事件已不存在。
chat-refused-off = 此处无法批准：配置中已关闭批准功能。
chat-refused-other-plan = 计划已发生变化。请查看当前消息并重新决定。
chat-refused-other-question = 该询问已结束或已重新发出。请查看当前消息并重新决定。
chat-refused-same-scope = 计划已是此范围：{ $scope }。
chat-refused-wrong-state = 目前没有需要决定的内容。事件的状态：{ $state }。
chat-refused-too-late = 已超过批准的期限。需要重新制定计划，并再次询问所有者。
chat-refused-untouched = 账户 { $account } 中不会有任何更改。
chat-refused-other-way = { $person } 已批准另一种方法。请批准该方法，或驳回此计划。
chat-refused-not-entitled = { $person } 无权就账户 { $account } 作出决定。请联系其所有者。
chat-refused-benefits = { $person } 以 { $principal } 的身份操作，而这些更改会允许该身份。任何人都不能批准使自己获得权限的更改：请联系其他所有者。
chat-refused-other-changes = { $person } 批准的是其他更改。
chat-refused-stale = { $person } 的批准（{ $at }）时间过久。
chat-refused-incomplete = 需要填写理由；若要抑制拒绝，还需要选择尚未过去的日期。
chat-refused-unknown = 配置中没有您的 ID（{ $user }）。请联系 Locksmith 管理员添加。
chat-refused-elsewhere = 您属于另一个工作区（{ $user }）。只有本工作区的成员才能在此作出决定。

## 发给被询问者的通知。

chat-notice-reminder = { $number ->
        [1] 正在等待您的回复。请查看建议的更改。
       *[other] 仍在等待您的回复（第 { $number } 次提醒）。请查看建议的更改。
    }
chat-notice-escalation = 所有者长时间没有回复。请安排人员回复。
chat-notice-break-glass = { $person } 未等待所有者回复，以紧急批准（break-glass）批准了更改。理由：{ $reason }

## 链接打开的页面。

chat-page-title = Locksmith
chat-page-as = 您以 { $person } 的身份作出决定。
chat-link-over = 此链接已过期。请查看较新的消息。
chat-link-wrong = 此链接不完整。请从消息中复制完整的链接，再重新打开。
