# 事件：状态以及相关文字。

state-detected = 已检测
    .sentence = 发现了一次拒绝，正在查找原因。
state-diagnosed = 已诊断
    .sentence = 原因已尽可能查明。
state-awaiting-approval = 等待批准
    .sentence = 已询问所有者；在其批准之前不会进行任何更改。
state-approved = 已批准
    .sentence = 所有者已批准，即将进行更改。
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
    .sentence = 没有人及时回复；未进行任何更改。如果该调用以后再次被拒绝，将重新询问所有者。
state-suppressed = 已抑制
    .sentence = 此拒绝已被抑制，目前不再通知任何人。
state-failed = 失败
    .sentence = 更改无法完成或没有效果，需要有人查看。
state-rolled-back = 已撤销
    .sentence = 更改已撤销，一切恢复原状。

## 被拒绝的调用属于哪一类，用于句中或作为标签。

class-read = 读取对象
class-write = 写入对象
class-delete = 删除对象
class-list = 列出对象
class-configure = 读取或更改设置
class-assume = 担任角色
class-decrypt = 解密
class-encrypt = 加密

## 标签。

label-state = 状态
label-causes = 原因
label-principal = 调用方
label-resource = 资源
label-account = 账户
label-denials = { $count } 次拒绝
label-first-seen = 首次拒绝
label-last-seen = 最近一次拒绝
label-risk = 风险
label-scope = 范围
label-proof = 证明
label-undo = 撤销更改的方法
label-alternatives = 其他方法
label-manual = 人工处理
label-confidence = 确定程度
# 位于值之前的标签。
label-before = { $label }：
