# 关于事件状态的备注，以及无法更改或撤销的原因。这些文字位于标签之后或句子之中，因此末尾不加句号。

## 将两条备注合为一条时，位于两者之间的符号。

remark-separator = 。

## 为何未制定计划、未询问或未通知任何人。

remark-facts-missing = 缺少决定性的信息，因此未制定计划
remark-approvals-off = 已有计划，但 approval.enabled 不是 true
remark-nobody-owns = 已有计划，但 approval.owners 没有为账户 { $account } 指定任何人
remark-passed-over = 配置已将此主体排除在外
remark-suppressed = { $reason }（有效期至 { $until }）

## 人们所说的话：本人写下的理由，以及由谁给出。

remark-said = { $reason }（{ $person }）
remark-said-until = { $reason }（{ $person }，有效期至 { $until }）
remark-rescoped = 已按其他范围重新制定计划：{ $scope }（{ $person }）

## 因时间而结束的事项。

remark-unanswered = 没有人及时回复
remark-not-made-in-time = 已获批准，但未及时应用
remark-over = 已到期

## 已批准的内容为何没有进行。

remark-no-plan = 事件没有对应的计划
remark-turned-off = 未进行任何更改：approval.enabled 已不再是 true
remark-not-approved = 没有任何人批准
remark-other-plan = 计划与批准时的不同
remark-approved-too-long-ago = 批准的时间过久
remark-not-trusted = 账户 { $account } 不在 accounts.trusted 之中
remark-other-changes = 更改与已批准的不同；请重新制定计划
remark-statements = `{ $target }`：要添加的语句与更改前后文档的差异不符；请重新制定计划

## 撤销更改后账户所处的状态。

# 有多项残留或多项异议时，位于各项之间的符号。
left-separator = ；
remark-account = 账户 { $account }：{ $what }
remark-account-as-it-was = 账户 { $account }：已恢复原状
left-stands = `{ $target }` 上的 { $kind } 仍然存在
left-open = 无法确定 `{ $target }` 上的 { $kind } 是否仍然存在
left-changed = `{ $target }` 上的 { $kind } 因他人更改而保留：{ $how }
left-stuck = `{ $target }` 上的 { $kind } 无法撤销：{ $why }

## 更改是否有效。

remark-denied-again = 更改仍然存在，但调用于 { $at } 再次被拒绝
remark-public = 更改已到位，但可能会对所有人开放：{ $objections }
remark-still-denied = 更改已到位，但调用仍被拒绝
remark-still-denied-because = 更改已到位，但调用仍被拒绝：{ $cause }
remark-not-verified = 无法验证：{ $why }
remark-not-verified-facts = 无法验证：缺少信息
remark-unverified = 尚未验证：所有策略都允许此调用，但此后未见成功的调用
remark-unverified-success = 尚未验证：调用于 { $at } 成功
remark-unverified-unseen = 尚未验证：{ $why }
remark-succeeded = 调用于 { $at } 成功

## AWS 自己的检查工具对更改提出的异议。异议的对象是一个名称，例如某项权限；理由为其原文。

remark-objects = { $adviser }对 { $about } 提出异议：{ $why }
adviser-policy-validation = IAM Access Analyzer 的策略验证
adviser-public-access = IAM Access Analyzer 的公共访问检查
adviser-simulator = IAM 策略模拟器

## 更改为何无法进行或无法撤销。`kind` 是操作的名称，例如 put_bucket_policy。

why-at = 账户 { $account } 中 `{ $target }` 上的 { $kind }：{ $why }
why-changed-since-planned = 制定计划后内容已变化：{ $how }；请重新制定计划
why-changed-meanwhile = 即将写入时内容已变化：{ $how }；请重新制定计划
why-not-there = 实际内容与写入的内容不符：{ $how }
why-still-there = 已移除，但仍然存在
why-not-read-back = 无法回读确认：{ $why }
why-keeps-changing = 他人在不断更改；请稍后重试
why-held = `{ $resource }` 正被另一项操作占用；请稍后重试
why-lock-lost = `{ $resource }` 的锁已过期，并被另一项操作取得
why-other-outcome = 添加这些语句后的结果与计划不符
why-left = 未能全部撤销

## 他人在文档中更改的内容：即上文的 `how`。多项依次排列。

difference-separator = 、
difference-more = 另有 { $count } 处差异
difference-deleted = 已被删除
difference-made = 原本不存在，现已被创建
difference-nothing = 内容不存在
difference-rewritten = 已被重新写入
difference-member-added = 添加了 `{ $name }`
difference-member-removed = 移除了 `{ $name }`
difference-member-changed = 更改了 `{ $name }`
difference-statement-added = 添加了语句 `{ $sid }`
difference-statement-removed = 移除了语句 `{ $sid }`
difference-statement-changed = 更改了语句 `{ $sid }`
difference-statement-altered = 语句 `{ $sid }` 与写入时不同
difference-unnamed-added = 添加了没有 `Sid` 的 `Statement[{ $index }]`
difference-unnamed-removed = 移除了没有 `Sid` 的 `Statement[{ $index }]`
difference-missing = `{ $names }` 不存在或与写入时不同
