# 报告在原因和更改之外显示的内容：无法查看的信息，以及以图示呈现的调用经过各策略的路径。

## 无法查看的信息，位于策略层的名称之后或单独出现。英语文字由引擎自己给出。

unknown-unread = 无法读取：{ $why }
unknown-not-in-evidence = 读取的内容中没有 { $what }
unknown-not-read-by-design = 不读取此服务的资源的策略
unknown-callers-account = 不清楚调用方属于谁的账户
unknown-management-account = 无法读取由哪个账户管理组织
# 后面是上述以外的另一项；`why` 是英语的技术细节。
unknown-because = { $what }：{ $why }
unknown-session-policy = CloudTrail 事件中不包含会话策略；如果会话是使用会话策略创建的，该策略可能会拒绝或不允许此调用
unknown-block-public-access = 无法读取屏蔽公共访问权限是否限制此存储桶
unknown-condition-key = CloudTrail 事件中没有 { $key } 的值
unknown-federated-session = 联合身份会话如果没有会话策略就没有任何权限，而 CloudTrail 事件中不包含会话策略
unknown-statement = 不清楚 { $policy } 的语句 { $index } 是否适用于此调用
unknown-statement-unnamed = 不清楚语句 { $index } 是否适用于此调用
unknown-grant = 不清楚授权 { $policy } 是否适用于此调用
unknown-object-owner = 无法读取对象的所有者，或其访问控制列表允许谁访问
unknown-listing = 对象不存在，且不清楚调用方是否可以列出存储桶
unknown-requester-pays = 无法读取存储桶是否由请求者付费
unknown-requester-consent = 存储桶由请求者付费，但不清楚请求是否对此表示同意
unknown-encryption-types = 无法读取存储桶拒绝哪些加密类型
unknown-access-control-lists = 无法读取存储桶是否接受访问控制列表
unknown-key-manager = 无法读取密钥是否由 AWS 管理
unknown-key-state = 无法读取密钥的状态
unknown-aws-s3-key = 调用方的账户中尚无 aws/s3 密钥；S3 会在首次使用时创建
unknown-permission = 不清楚调用需要哪项权限

## AWS 的消息内容，以及诊断是否与其一致。`blames` 是前三条之一。

aws-blames-explicit = AWS 指出{ $layer }中有显式拒绝
aws-blames-implicit = AWS 在{ $layer }中未找到允许
aws-blames = AWS 认为拒绝源于{ $layer }
aws-agrees = { $blames }，本诊断与此一致。
aws-unseen = { $blames }，但在此处无法查看。
aws-disagrees = { $blames }，本诊断与此不一致。进行任何更改之前，请再次核实。
aws-silent = 该消息未说明由哪项策略决定。
aws-does-not-fit = 该消息与本诊断不符。进行任何更改之前，请再次核实。

## 调用方的账户是否信任密钥。`key-trust` 是标签。

key-trust = 对密钥的信任
key-trust-own-account = 密钥属于调用方自己的账户
key-trust-explicitly-permitted = 调用方账户中有策略或授权指定了该密钥，因此该账户信任它
key-trust-not-established = 调用方账户中没有任何策略或授权指定该密钥；其中没有任何内容表明应当信任它

## 留待人工处理的事项由谁处理。英语文字由计划自己给出。

owner-account = { $account } 的所有者
owner-resource = 资源的所有者
owner-organization = 组织的管理员
owner-session = 创建会话的一方
owner-boundary = 在{ $account } 中设置权限边界的人员
owner-endpoint = VPC 端点的所有者
owner-identity-center = IAM Identity Center 的管理员
owner-caller = 发出调用的一方
owner-nobody = 尚无人选

## 图示：从调用方经过各层到资源的一条线。各点下方的名称每行约可容纳十六个拉丁字母或八个汉字；
## 有空格处可分为两行。

path-caller = 调用方
path-key = 密钥
path-object = 对象
path-bucket = 存储桶
path-role = 角色
path-resource = 资源
path-key-unknown = 密钥未知
path-side-caller = 调用方账户
path-side-organization = 组织
path-side-endpoint = 网络
path-side-resource = 资源账户

# 某层的判定及其作用。
path-allow = 允许
path-no-allow = 未允许
path-deny = 显式拒绝
path-blocks = 阻止

# 资源本身的问题，位于其名称下方。
path-at-key-disabled = 已禁用
path-at-key-pending-deletion = 等待删除
path-at-key-unavailable = 无法使用
path-at-key-not-found = 不存在
path-at-key-wrong-region = 区域不符
path-at-alias-in-callers-account = 别名
path-at-aws-managed-key-cross-account = AWS 托管
path-at-object-missing = 不存在
path-at-requester-pays-header-missing = 请求者付费
path-at-sse-c-blocked = 拒绝 SSE-C

# 符号的含义。
path-legend-pass = 允许
path-legend-stop = 不允许，因而阻止
path-legend-deny = 显式拒绝
path-legend-open = 无法查看
path-legend-silent = 不允许，但也无需允许
