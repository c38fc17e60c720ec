# 计划更改什么、证明什么，以及需要人工完成的事项。

## 风险和范围。

risk-low = 低
    .sentence = 调用方只获得被拒绝的权限，其他一切不受影响。
risk-medium = 中
    .sentence = 除此调用外还会允许其他操作，或者会改写共用的文档。
risk-high = 高
    .sentence = 会允许多得多的操作，或者一旦出错便难以撤销。
scope-object = 仅此对象
scope-prefix = 此对象所在的文件夹及其下的所有内容
scope-bucket = 存储桶中的所有对象

## 更改的内容。

change-put-bucket-policy = 在账户 { $account } 中存储桶 { $name } 的策略里添加 { $count } 条语句。
change-put-bucket-policy-new = 为账户 { $account } 中尚无策略的存储桶 { $name } 创建策略。
change-put-access-point-policy = 在账户 { $account } 中接入点 { $name } 的策略里添加 { $count } 条语句。
change-put-access-point-policy-new = 为账户 { $account } 中尚无策略的接入点 { $name } 创建策略。
change-put-key-policy = 在账户 { $account } 中密钥 { $name } 的策略里添加 { $count } 条语句。
change-create-grant = 在账户 { $account } 中为密钥 { $name } 创建授权。
change-put-bucket-encryption = 设置账户 { $account } 中存储桶 { $name } 的默认加密。
change-put-trust-policy = 在账户 { $account } 中角色 { $name } 的信任策略里添加 { $count } 条语句。
change-put-role-policy = 为账户 { $account } 中的角色 { $name } 添加内联策略 { $policy }。
change-put-user-policy = 为账户 { $account } 中的用户 { $name } 添加内联策略 { $policy }。

## 更改为何必要，以及授予什么。

principal-role = 账户 { $account } 的角色 { $name }
principal-user = 账户 { $account } 的用户 { $name }
why-put-bucket-policy = 允许{ $who } 对 { $resources } 执行 { $actions }。
why-put-access-point-policy = 允许{ $who } 通过此接入点对 { $resources } 执行 { $actions }。
why-put-key-policy = 允许{ $who } 使用此密钥执行 { $actions }。
why-create-grant = 允许{ $who } 使用此密钥执行 { $actions }。
why-put-bucket-encryption = 以 ARN { $after } 指定存储桶的默认密钥，取代 S3 会在上传方账户中查找的 { $before }。此后对所有写入者生效；现有对象保持不变。
why-put-trust-policy = 允许{ $who } 执行 { $actions }：之后它可以执行此角色能够执行的一切操作。
why-put-role-policy = 允许{ $who } 对 { $resources } 执行 { $actions }。
why-put-user-policy = 允许{ $who } 对 { $resources } 执行 { $actions }。
why-through-service = 仅在通过 { $service } 时有效。
why-through-point = 仅在通过接入点 { $name } 时有效。
why-for-context = 仅对 { $context } 有效。
why-limit-near = 文档将达到 { $used } 个字符，AWS 的上限为 { $limit } 个：所剩空间不多。
why-made-by-cloudformation = 此资源由 CloudFormation（堆栈 { $what }）创建，下次运行时会撤销此更改：请同时写入模板。
why-made-by-terraform = 此资源由 Terraform（{ $what }）创建，下次运行时会撤销此更改：请同时写入配置。
list-separator = 、
sentence-separator = {""}

## 如何撤销更改。

inverse-put-role-policy = 删除角色的内联策略 { $policy }。
inverse-put-user-policy = 删除用户的内联策略 { $policy }。
inverse-create-grant = 撤销名为 { $grant } 的授权。
inverse-put-bucket-encryption = 将默认加密恢复为原来的设置。
inverse-made-policy = 删除该策略；如果其他人已添加内容，则从中移除 { $sids }。
inverse-shared-policy = 从策略中移除 { $sids }。

## 其他方法。

alternative-grant = 以授权取代密钥策略中的语句：策略保持不变，一次调用即可撤销。授权不如策略显眼，不支持 kms:ViaService，也不会自行失效。
alternative-resource-policy = 由资源的策略指定调用方，取代调用方自己的 IAM 策略：权限在数据所在之处可见，不再取决于该账户管理员的操作。
alternative-widened = 人工：如果确有需要，请在密钥策略中将调用方的 ARN 添加到{ $statement }的 Principal。调用方随后可对该密钥加密的一切内容执行该语句的所有操作，包括直接调用。
alternative-delegated = 人工：如果确有需要，请在密钥策略中添加一条语句，允许 { $root } 执行 kms:*。该账户的所有 IAM 策略（包括管理员的策略）随后都会对此密钥生效。

## 证明。

proof-verdicts = 更改前：{ $before }。更改后：{ $after }。
proof-none-compared = 任何人的权限都不会改变，因此未作其他比较。
proof-none-opened = 其他 { $checked } 个请求的结果保持不变。
proof-some-opened = 在其他 { $checked } 个请求中，有些请求的结果会改变。

## 各种原因下需要人工完成的事项。

manual-missing-allow = Locksmith 不会自行进行此更改。如果确需访问，须由所有者在以下位置手动允许：{ $holder }。
manual-missing-allow-scp = 如果组织希望如此，须由其管理员在附加到 { $target } 的服务控制策略中允许。Locksmith 不会更改组织的策略。
manual-missing-allow-permissions-boundary = 如果此操作理应可行，请在 { $target } 的权限边界中允许。Locksmith 不会更改边界。
manual-missing-allow-vpc-endpoint-policy = 请在 VPC 端点 { $target } 的策略中允许，或者不经由该端点进行调用。
manual-session-policy = 请在创建会话时传递的策略（AssumeRole 的 Policy 或 PolicyArns）中允许。它属于会话，账户中的任何地方都没有保存它。
manual-explicit-deny = { $holder }中的{ $statement }是否有意阻止此调用？请作出判断。如果不是，请收窄该语句或添加例外。拒绝优先于一切允许，因此其他办法均无效，Locksmith 也不会添加任何内容来绕过它。
manual-condition-not-met = { $holder }中的{ $statement }设有条件。如果应当允许此调用，请满足该条件，或者更改该条件。
manual-dangling-principal = { $holder }指定的主体已被删除。如果确需访问，须由所有者在其中指定新的角色或用户。
manual-no-account-delegation = 如果确需访问，请在密钥 { $target } 的策略中为调用方添加一条语句。
manual-grant-constraint-not-met = 如果确需访问，请在密钥策略中为调用方添加一条语句：密钥 { $target } 的授权只对其他加密上下文有效。
manual-aws-managed-key-cross-account = 请创建客户托管密钥，将其设为存储桶的默认密钥，并用它重新加密对象（将对象复制到其自身）。AWS 托管式密钥的策略无法更改。
manual-key-disabled = 如果并非有意禁用，请启用密钥 { $target }（aws kms enable-key）。
manual-key-pending-deletion = 如果仍需要该密钥加密的数据，请立即取消删除密钥 { $target }（aws kms cancel-key-deletion，然后 enable-key）：等待期过后数据将丢失。
manual-key-unavailable = 请恢复密钥 { $target } 的密钥材料（导入，或连接密钥存储），或者使用其他密钥加密。
manual-key-not-found = 请在请求或存储桶的默认加密中更正密钥 ID。使用已删除的密钥加密的内容已经丢失。
manual-key-wrong-region = 请使用存储桶所在区域的密钥：在请求或存储桶的默认加密中设置。
manual-alias-in-callers-account = 请在存储桶 { $target } 的默认加密中以 ARN 指定密钥。无法判断所指的是哪个密钥：存储桶的账户中没有此别名对应的密钥。
manual-restrict-public-buckets = 请收窄存储桶 { $target } 的策略中对所有人开放的语句，使策略不再公开。请勿关闭屏蔽公共访问权限。
manual-foreign-owner = 请以存储桶所有者身份复制该对象，或将存储桶的对象所有权设置为 BucketOwnerEnforced，此后存储桶所有者拥有所有对象。
manual-object-missing = 请检查对象名称：没有名为 { $target } 的对象。并不缺少任何权限。
manual-requester-pays-header-missing = 请在调用中发送标头 x-amz-request-payer: requester；费用将由调用方的账户支付。
manual-sse-c-blocked = 上传时请勿使用自己的密钥（SSE-C），交由存储桶的默认加密处理。
manual-acl-disabled = 请不带访问控制列表上传，或使用 bucket-owner-full-control。
manual-unexplained = 所有能够读取的策略都允许此调用。请重试；如果仍被拒绝，请查看列为未知的项目，以及此后策略是否有变化。

## 仅凭原因无法确定的人工事项。

manual-reserved-role = 角色 { $target } 由 IAM Identity Center 根据权限集创建。请在权限集的内联策略中允许该操作并重新预置；对角色本身的更改会被撤销。
manual-service-role = { $target } 是服务相关角色：其权限只能由 AWS 定义。
manual-disagrees = AWS 自己的消息指向的策略与 Locksmith 的判断不同，因此不会仅凭 Locksmith 的判断进行更改。请将诊断与该消息进行比较。
manual-administrative = 此操作会改变谁能做什么，或破坏保护数据的设置。Locksmith 绝不会因为有人被拒绝就授予此类权限。如果确有需要，须由所有者在以下位置手动授予：{ $holder }。
manual-unnamed-objects = 该事件未列出对象名称。S3 另外会为每个对象记录一个事件（DeleteObject）：请根据这些事件制定计划，或指定单个对象。
manual-useless-key = 密钥 { $target } 无法用于此调用，因此不会授予对它的任何权限。换用其他密钥后，请重新制定计划。
manual-unnamed-resource = 无法得知应当允许该操作的资源的 ARN。请在以下位置手动允许：{ $holder }。
manual-too-large = 如果再添加一条语句，{ $target } 的文档将超过 AWS 的上限。请删除或合并不需要的语句，然后重新制定计划。
manual-wildcard = 名称中含有通配符，而旧版本 Version 2008-10-17 的策略无法按字面写出。请在确认其他语句中没有策略变量之后，将 { $target } 的文档的 Version 设为 2012-10-17，然后重新制定计划。
manual-not-latin-1 = 名称中含有 IAM 和 KMS 策略不接受的字符。请以文件夹或整个存储桶为范围重新制定计划，这样就不需要该名称。
manual-unreadable = 无法读取 { $target } 的文档，因此不会向其中添加任何内容。请修复该文档，或授予 Locksmith 读取权限，然后重新制定计划。
manual-no-grant = 授权需要确切的加密上下文。请在密钥 { $target } 的策略中允许该操作。
manual-unproved = 找到了一项更改，但无法证明它只做应做之事，因此不予提供。须由 { $target } 的所有者查看。
manual-key-at-home = 该操作只适用于调用方自己账户中的密钥。请使用密钥 { $target } 所在账户的角色进行调用。
manual-caller-unsigned = 调用未签名；Locksmith 不会向所有人开放任何内容。如果确需访问，须由所有者在以下位置手动允许：{ $holder }。
manual-caller-service = 调用来自某项 AWS 服务：针对该服务的语句需要包含其所服务资源的 aws:SourceArn 或 aws:SourceAccount，否则任何人的资源都可以利用它。如果确有需要，请在以下位置手动允许：{ $holder }。
manual-caller-root = 调用来自根用户；根用户只能连同其整个账户一起指定。如果确有需要，请在以下位置手动允许：{ $holder }。
manual-caller-unknown = 无法得知是哪个角色或用户进行了调用，因此没有语句能够单独指定它。如果确有需要，请在以下位置手动允许：{ $holder }。
