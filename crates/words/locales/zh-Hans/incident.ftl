# 事件：状态以及相关文字。

state-detected = 已检测
    .sentence = 发现了一次拒绝，正在查找原因。
state-diagnosed = 已诊断
    .sentence = 原因已尽可能查明。
state-awaiting-approval = 等待批准
    .sentence = 已征询所有者；在其同意之前不会进行任何更改。
state-approved = 已批准
    .sentence = 所有者已同意，即将进行更改。
state-applying = 正在应用
    .sentence = 正在进行更改。
state-applied = 已应用
    .sentence = 更改已完成，正在确认是否有效。
state-verified = 已验证
    .sentence = 调用已恢复正常。
state-no-change-needed = 无需更改
    .sentence = 拒绝是正当的，或者调用现已允许；不会进行任何更改。
state-manual = 人工处理
    .sentence = 需要人工更改；Locksmith 不能或不应进行此更改。
state-rejected = 已驳回
    .sentence = 所有者驳回了更改；未进行任何更改。
state-expired = 已过期
    .sentence = 没有人及时答复；未进行任何更改。
state-suppressed = 已抑制
    .sentence = 目前不再通知此拒绝。
state-failed = 失败
    .sentence = 更改无法完成或没有效果，需要有人查看。
state-rolled-back = 已回滚
    .sentence = 更改已撤销，一切恢复原状。

## 标签。

label-state = 状态
label-causes = 原因
label-principal = 主体
label-resource = 资源
label-account = 账户
label-denials = { $count } 次拒绝
label-first-seen = 首次拒绝
label-last-seen = 最近一次拒绝
label-risk = 风险
label-scope = 范围
label-proof = 证明
label-undo = 撤销方法
label-alternatives = 其他方法
label-manual = 人工处理
label-confidence = 确定程度
