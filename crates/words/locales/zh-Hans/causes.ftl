# 调用为何被拒绝。

## 各层策略。`short` 用于空间有限之处。

layer-identity-policy = 基于身份的策略
    .short = IAM 策略
layer-permissions-boundary = 权限边界
    .short = 权限边界
layer-session-policy = 会话策略
    .short = 会话策略
layer-scp = 服务控制策略
    .short = SCP
layer-rcp = 资源控制策略
    .short = RCP
layer-vpc-endpoint-policy = VPC 端点策略
    .short = 端点策略
layer-bucket-policy = 存储桶策略
    .short = 存储桶策略
layer-access-point-policy = 接入点策略
    .short = 接入点策略
layer-key-policy = 密钥策略
    .short = 密钥策略
layer-kms-grant = KMS 授权
    .short = KMS 授权
layer-trust-policy = 信任策略
    .short = 信任策略
layer-resource-policy = 基于资源的策略
    .short = 资源策略
layer-block-public-access = 屏蔽公共访问权限
    .short = 屏蔽公共访问权限
layer-object-ownership = 对象所有权
    .short = 对象所有权

## 策略所在之处，在下列句子中为 `holder`。

holder-identity-policy = 调用方的 IAM 策略
holder-identity-policy-named = 调用方的 IAM 策略“{ $policy }”
holder-permissions-boundary = { $target } 的权限边界
holder-session-policy = 会话策略
holder-scp = 服务控制策略“{ $target }”
holder-rcp = 资源控制策略“{ $target }”
holder-vpc-endpoint-policy = VPC 端点 { $target } 的策略
holder-bucket-policy = 存储桶 { $target } 的策略
holder-access-point-policy = 接入点 { $target } 的策略
holder-key-policy = 密钥 { $target } 的策略
holder-kms-grant = 密钥 { $target } 的授权
holder-trust-policy = 角色 { $target } 的信任策略
holder-resource-policy = { $target } 的策略
holder-block-public-access = { $target } 的屏蔽公共访问权限设置
holder-object-ownership = { $target } 的对象所有权设置

## 下列句子的组成部分。

account-known = 账户 { $id }
account-unknown = 未知账户
statement-named = 语句“{ $sid }”
statement-numbered = 语句“Statement[{ $index }]”
statement-some = 某条语句
missed-condition = { $key }（{ $operator }）应为：{ $expected }，实际为：{ $found }
missed-separator = ；
missed-nothing = 不清楚是哪一部分
value-absent = 不存在
value-unknown = 未知
value-other-than = { $values } 以外的值
# 调用方。
caller-role = 调用方（角色 { $name }）
caller-user = 调用方（用户 { $name }）
caller-other = 调用方（{ $name }）
caller-unknown = 调用方
# 权限及其对象。
permission-alone = {" "}{ $action }
permission-on = 对 { $resource } 的 { $action }
permission-on-bucket = 对存储桶 { $resource } 的 { $action }
permission-on-key = 对密钥 { $resource } 的 { $action }
permission-on-role = 对角色 { $resource } 的 { $action }

## 某层不允许或拒绝。`title` 用于列表。

cause-missing-allow = { $holder }中没有任何语句允许{ $caller }执行{ $permission }。
    .title = { $action } 未获允许：{ $layer }
cause-missing-allow-identity-policy = { $caller }的所有 IAM 策略均未允许{ $permission }。
cause-missing-allow-scp = 附加到 { $target } 的所有服务控制策略均未允许{ $permission }。
cause-missing-allow-session-policy = AWS 表示会话策略未允许{ $permission }。该策略属于会话而非角色，须由创建会话的一方放宽。
cause-missing-allow-key-at-home = 无论密钥 { $target } 的策略如何规定，{ $action } 只适用于调用方自己账户中的密钥。
cause-explicit-deny = { $holder }中的{ $statement }显式拒绝{ $caller }执行{ $permission }。拒绝优先于一切允许，须由其所有者更改。
    .title = { $action } 被显式拒绝：{ $layer }
cause-explicit-deny-unseen = 据 AWS 所示，{ $holder }拒绝{ $permission }。只有创建会话的一方可以更改。
cause-condition-not-met = { $holder }中的{ $statement }本可允许{ $caller }执行{ $permission }，但其条件未满足：{ $missed }。
    .title = { $action } 条件未满足：{ $layer }
cause-dangling-principal = { $holder }中的{ $statement }指定了一个已删除的主体；如果该 ID 属于调用方，则会允许{ $permission }。重新创建的角色或用户会获得新的 ID，需要重新指定。
    .title = { $action } 的主体已删除：{ $layer }

## 独立的原因。

cause-no-account-delegation = 密钥 { $target } 的策略不采用 IAM 策略（{ $account }），也没有任何语句允许{ $caller }执行 { $action }。
    .title = { $action }：密钥策略不采用 IAM 策略
cause-grant-constraint-not-met = 有一项授权允许{ $caller }执行{ $permission }，但只限于与此调用不同的加密上下文。
    .title = { $action }：授权要求不同的加密上下文
cause-aws-managed-key-cross-account = 对象使用 AWS 托管式密钥（{ $account }）加密。该密钥的策略无法更改，并且从不供其他账户使用。请使用客户托管密钥重新加密对象。
    .title = 其他账户的 AWS 托管式密钥
cause-key-disabled = 密钥 { $target } 已禁用。请启用该密钥，或使用其他密钥加密。
    .title = KMS 密钥已禁用
cause-key-pending-deletion = 密钥 { $target } 正在等待删除。如果仍需要数据，请取消删除：删除后任何人都无法读取数据。
    .title = KMS 密钥等待删除
cause-key-unavailable = 密钥 { $target } 目前无法使用：缺少密钥材料，或者正在创建或迁移。
    .title = KMS 密钥目前无法使用
cause-key-not-found = 密钥 { $target } 不存在。
    .title = KMS 密钥不存在
cause-key-wrong-region = 密钥 { $target } 与存储桶不在同一区域。S3 只使用存储桶所在区域的密钥。
    .title = KMS 密钥在其他区域
cause-alias-in-callers-account = 存储桶 { $target } 的默认加密以别名或单独的 ID 指定密钥。S3 会在上传方的账户中查找，而那里并不存在。请以 ARN 指定密钥。
    .title = 默认加密以别名指定密钥
cause-restrict-public-buckets = 存储桶 { $target } 的策略被视为公开，因此屏蔽公共访问权限（RestrictPublicBuckets）会拒绝来自其他账户的所有调用方（存储桶所有者：{ $account }）。请收窄对所有人开放的语句。
    .title = 屏蔽公共访问权限拒绝其他账户
cause-foreign-owner = 对象 { $target } 属于存储桶以外的账户，因此存储桶策略对其不起作用。请以存储桶所有者身份复制该对象，或将存储桶设置为 BucketOwnerEnforced。
    .title = 对象属于其他账户
cause-object-missing = 对象 { $target } 不存在。由于{ $caller }无权列出存储桶，S3 返回 AccessDenied 而不是 NotFound。
    .title = 对象不存在
cause-requester-pays-header-missing = 存储桶由请求者付费，而请求未对此表示同意。请发送标头 x-amz-request-payer: requester。
    .title = 请求未同意由请求者付费
cause-sse-c-blocked = 存储桶 { $target } 拒绝使用客户提供的密钥（SSE-C）加密的上传。请不带这些标头上传。
    .title = 存储桶拒绝 SSE-C
cause-acl-disabled = 存储桶 { $target } 已禁用访问控制列表（ACL），而请求设置了 ACL。请不带 ACL 上传，或使用 bucket-owner-full-control。
    .title = 存储桶已禁用 ACL
cause-unexplained = 所有能够读取的策略都允许 { $action }。
    .title = 未找到原因

## 诊断的结论。

verdict-denied = 被拒绝
verdict-allowed = 已允许
verdict-unknown = 未知
answer-allowed = 允许
answer-denied = 拒绝
answer-explicitly-denied = 显式拒绝
answer-unknown = 未知
outcome-allow = 允许
outcome-no-allow = 未允许
outcome-explicit-deny = 显式拒绝
outcome-not-applicable = 不适用
outcome-unknown = 未知
confidence-certain = 确定：没有缺少任何重要信息
confidence-likely = 很可能：有些可能重要的信息无法查看
confidence-open = 未定：起决定作用的信息无法查看
