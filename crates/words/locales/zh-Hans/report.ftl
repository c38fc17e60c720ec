# 报告在原因和更改之外显示的内容：无法查看的信息，以及以图示呈现的调用经过各策略的路径。

## 无法查看的信息，位于策略层的名称之后或单独出现。英语文字由引擎自己给出。

unknown-unread = 无法读取：{ $why }
unknown-session-policy = 事件中不包含会话策略；如果会话是使用会话策略创建的，该策略可能会拒绝或不允许此调用
unknown-block-public-access = 无法读取屏蔽公共访问权限是否限制此存储桶
unknown-condition-key = 事件中没有 { $key } 的值
unknown-statement = 不清楚 { $policy } 的语句 { $index } 是否适用于此调用
unknown-object-owner = 无法读取对象的所有者，或其访问控制列表允许谁访问
unknown-listing = 对象不存在，且不清楚调用方是否可以列出存储桶
unknown-requester-pays = 无法读取存储桶是否由请求者付费，以及请求是否对此表示同意
unknown-encryption-types = 无法读取存储桶拒绝哪些加密类型
unknown-access-control-lists = 无法读取存储桶是否接受访问控制列表
unknown-key-manager = 无法读取密钥是否由 AWS 管理
unknown-key-state = 无法读取密钥的状态
unknown-aws-s3-key = 调用方的账户中尚无 aws/s3 密钥；S3 会在首次使用时创建
unknown-permission = 不清楚调用需要哪项权限

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
