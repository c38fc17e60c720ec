# 工单中的内容。

ticket-title = { $principal } 对 { $resource } 的 { $operation } 被拒绝
ticket-title-early = { $principal } 对 { $resource } 的访问被拒绝：{ $class }
ticket-state = { $state }。{ $sentence }
ticket-report = 完整报告
ticket-shortened = 为适应此处的长度限制，本文已被缩短。完整内容见报告。
ticket-more = 另有 { $count } 项

## Labels of facts.

ticket-incident = 事件编号
ticket-principal-account = 调用方所属账户
ticket-resource-account = 资源所属账户
ticket-operation = 操作
ticket-prefix = 文件夹
ticket-key = KMS 密钥
ticket-denials = 拒绝次数
ticket-openings = 打开次数
ticket-event = CloudTrail 事件
ticket-event-time = 事件时间
ticket-caller = 事件中的调用方
ticket-called-on = 调用对象
ticket-region = 区域
ticket-error-code = 错误代码
ticket-aws-message = AWS 返回的消息
ticket-verdict = 判定

## Causes and evidence.

ticket-in-account = 账户 { $account }：{ $text }
ticket-no-diagnosis = 正在查找原因。
ticket-evidence = 依据
ticket-unknowns = 有 { $count } 项信息无法查看，报告中已逐一列出。

## The plan.

ticket-changes = 建议的更改
ticket-reach = 范围：{ $scope }。更改摘要值：{ $digest }
ticket-expires = 这些更改将于 { $at } 到期失效。
ticket-change = { $change }{ $why } 风险：{ $risk }。
ticket-partly = 仅有这些更改还不够，还需要人工处理。
ticket-by-hand = 账户 { $account }，{ $target }：{ $what }
ticket-undo = 所有者可在聊天或页面中用“撤销更改”从最后一项开始撤销 { $count } 项更改，即：
ticket-inverse = { $target }：{ $inverse }

## What was done.

ticket-done = 已执行的操作
ticket-step = { $at }，{ $status }：{ $change }
ticket-step-planned = 尚未开始
ticket-step-writing = 正在写入
ticket-step-written = 已写入并回读确认
ticket-step-stood = 此前已存在
ticket-step-failed = 无法完成（{ $why }）
ticket-step-undoing = 正在撤销
ticket-step-undone = 已撤销
ticket-step-kept = 因其他事件依赖而保留
ticket-step-changed = 因他人更改而保留（{ $why }）
ticket-step-stuck = 无法撤销（{ $why }）

## Approvals.

ticket-approvals = 批准
ticket-approved = { $person } 于 { $at } 批准了账户 { $account } 中的更改。
ticket-broke-glass = { $person } 于 { $at } 以紧急批准（break-glass）批准了账户 { $account } 中的更改。理由：{ $reason }
ticket-missing = 账户 { $account }：{ $quorum } 人中已有 { $given } 人批准。
ticket-nobody-may = 账户 { $account }：没有人有权批准其中的更改。
ticket-asked-until = 回复截止时间为 { $at }。
ticket-rejected = { $person } 于 { $at } 驳回了更改。理由：{ $reason }
ticket-suppressed = { $person } 于 { $at } 将此拒绝抑制至 { $until }。理由：{ $reason }
ticket-wants-undo = { $person } 于 { $at } 要求撤销更改。理由：{ $reason }

## Comments.

ticket-came-back = 拒绝再次发生。这是第 { $count } 次打开；最近一次拒绝发生于 { $at }。
