# 呼叫為何遭拒絕。

## 各層政策。`short` 用於空間有限之處。

layer-identity-policy = 身分型政策
    .short = IAM 政策
layer-permissions-boundary = 許可界限
    .short = 許可界限
layer-session-policy = 工作階段政策
    .short = 工作階段政策
layer-scp = 服務控制政策
    .short = SCP
layer-rcp = 資源控制政策
    .short = RCP
layer-vpc-endpoint-policy = VPC 端點政策
    .short = 端點政策
layer-bucket-policy = 儲存貯體政策
    .short = 儲存貯體政策
layer-access-point-policy = 存取點政策
    .short = 存取點政策
layer-key-policy = 金鑰政策
    .short = 金鑰政策
layer-kms-grant = KMS 授予
    .short = KMS 授予
layer-trust-policy = 信任政策
    .short = 信任政策
layer-resource-policy = 資源型政策
    .short = 資源政策
layer-block-public-access = 封鎖公開存取
    .short = 封鎖公開存取
layer-object-ownership = 物件擁有權
    .short = 物件擁有權

## 政策所在之處，在下列句子中為 `holder`。

holder-identity-policy = 呼叫者的 IAM 政策
holder-identity-policy-named = 呼叫者的 IAM 政策「{ $policy }」
holder-permissions-boundary = { $target } 的許可界限
holder-session-policy = 工作階段政策
holder-scp = 服務控制政策「{ $target }」
holder-rcp = 資源控制政策「{ $target }」
holder-vpc-endpoint-policy = VPC 端點 { $target } 的政策
holder-bucket-policy = 儲存貯體 { $target } 的政策
holder-access-point-policy = 存取點 { $target } 的政策
holder-key-policy = 金鑰 { $target } 的政策
holder-kms-grant = 金鑰 { $target } 的授予
holder-trust-policy = 角色 { $target } 的信任政策
holder-resource-policy = { $target } 的政策
holder-block-public-access = { $target } 的封鎖公開存取設定
holder-object-ownership = { $target } 的物件擁有權設定

## 下列句子的組成部分。

account-known = 帳戶 { $id }
account-unknown = 不明帳戶
statement-named = 陳述式「{ $sid }」
statement-numbered = 陳述式「Statement[{ $index }]」
statement-some = 某個陳述式
missed-condition = { $key }（{ $operator }）應為：{ $expected }，實際為：{ $found }
missed-separator = ；
missed-nothing = 不清楚是哪一部分
value-absent = 不存在
value-unknown = 不明
value-other-than = { $values } 以外的值
# 呼叫者。
caller-role = 呼叫者（角色 { $name }）
caller-user = 呼叫者（使用者 { $name }）
caller-other = 呼叫者（{ $name }）
caller-unknown = 呼叫者
# 許可及其對象。
permission-alone = {" "}{ $action }
permission-on = 對 { $resource } 的 { $action }
permission-on-bucket = 對儲存貯體 { $resource } 的 { $action }
permission-on-key = 對金鑰 { $resource } 的 { $action }
permission-on-role = 對角色 { $resource } 的 { $action }

## 某一層不允許或拒絕。`title` 用於清單。

cause-missing-allow = { $holder }中沒有任何陳述式允許{ $caller }執行{ $permission }。
    .title = { $action } 未獲允許：{ $layer }
cause-missing-allow-identity-policy = { $caller }的所有 IAM 政策均未允許{ $permission }。
cause-missing-allow-scp = 連接至 { $target } 的所有服務控制政策均未允許{ $permission }。
cause-missing-allow-session-policy = AWS 表示工作階段政策未允許{ $permission }。該政策屬於工作階段而非角色，須由建立工作階段的一方放寬。
cause-missing-allow-key-at-home = 無論金鑰 { $target } 的政策如何規定，{ $action } 只適用於呼叫者自己帳戶中的金鑰。
cause-explicit-deny = { $holder }中的{ $statement }明確拒絕{ $caller }執行{ $permission }。拒絕優先於一切允許，須由其擁有者變更。
    .title = { $action } 遭明確拒絕：{ $layer }
cause-explicit-deny-unseen = 根據 AWS 的訊息，{ $holder }拒絕{ $permission }。只有建立工作階段的一方可以變更。
cause-condition-not-met = { $holder }中的{ $statement }原可允許{ $caller }執行{ $permission }，但其條件未符合：{ $missed }。
    .title = { $action } 條件未符合：{ $layer }
cause-dangling-principal = { $holder }中的{ $statement }指定了已刪除的主體；如果該 ID 屬於呼叫者，則會允許{ $permission }。重新建立的角色或使用者會取得新的 ID，需要重新指定。
    .title = { $action } 的主體已刪除：{ $layer }

## 獨立的原因。

cause-no-account-delegation = 金鑰 { $target } 的政策不採用 IAM 政策（{ $account }），也沒有任何陳述式允許{ $caller }執行 { $action }。
    .title = { $action }：金鑰政策不採用 IAM 政策
cause-grant-constraint-not-met = 有一項授予允許{ $caller }執行{ $permission }，但僅限於與此呼叫不同的加密內容。
    .title = { $action }：授予要求不同的加密內容
cause-aws-managed-key-cross-account = 物件以 AWS 受管金鑰（{ $account }）加密。該金鑰的政策無法變更，且從不供其他帳戶使用。請以客戶受管金鑰重新加密物件。
    .title = 其他帳戶的 AWS 受管金鑰
cause-key-disabled = 金鑰 { $target } 已停用。請啟用該金鑰，或以其他金鑰加密。
    .title = KMS 金鑰已停用
cause-key-pending-deletion = 金鑰 { $target } 正在等待刪除。如果仍需要資料，請取消刪除：刪除後任何人都無法讀取資料。
    .title = KMS 金鑰等待刪除
cause-key-unavailable = 金鑰 { $target } 目前無法使用：缺少金鑰材料，或正在建立或移動。
    .title = KMS 金鑰目前無法使用
cause-key-not-found = 金鑰 { $target } 不存在。
    .title = KMS 金鑰不存在
cause-key-wrong-region = 金鑰 { $target } 與儲存貯體不在同一區域。S3 只使用儲存貯體所在區域的金鑰。
    .title = KMS 金鑰位於其他區域
cause-alias-in-callers-account = 儲存貯體 { $target } 的預設加密以別名或單獨的 ID 指定金鑰。S3 會在上傳者的帳戶中尋找，而該處並不存在。請以 ARN 指定金鑰。
    .title = 預設加密以別名指定金鑰
cause-restrict-public-buckets = 儲存貯體 { $target } 的政策視為公開，因此封鎖公開存取（RestrictPublicBuckets）會拒絕來自其他帳戶的所有呼叫者（儲存貯體擁有者：{ $account }）。請縮小對所有人開放的陳述式。
    .title = 封鎖公開存取拒絕其他帳戶
cause-foreign-owner = 物件 { $target } 屬於儲存貯體以外的帳戶，因此儲存貯體政策對其不適用。請以儲存貯體擁有者身分複製該物件，或將儲存貯體設定為 BucketOwnerEnforced。
    .title = 物件屬於其他帳戶
cause-object-missing = 物件 { $target } 不存在。由於{ $caller }無權列出儲存貯體，S3 傳回 AccessDenied 而非 NotFound。
    .title = 物件不存在
cause-requester-pays-header-missing = 儲存貯體由請求者付費，而請求並未表示同意。請傳送標頭 x-amz-request-payer: requester。
    .title = 請求未同意由請求者付費
cause-sse-c-blocked = 儲存貯體 { $target } 拒絕以客戶提供的金鑰（SSE-C）加密的上傳。請勿附上這些標頭。
    .title = 儲存貯體拒絕 SSE-C
cause-acl-disabled = 儲存貯體 { $target } 已停用存取控制清單（ACL），而請求設定了 ACL。請勿附上 ACL，或使用 bucket-owner-full-control 上傳。
    .title = 儲存貯體已停用 ACL
cause-unexplained = 所有能夠讀取的政策都允許 { $action }。
    .title = 找不到原因

## 診斷的結論。

verdict-denied = 遭拒絕
verdict-allowed = 已允許
verdict-unknown = 不明
answer-allowed = 允許
answer-denied = 拒絕
answer-explicitly-denied = 明確拒絕
answer-unknown = 不明
outcome-allow = 允許
outcome-no-allow = 未允許
outcome-explicit-deny = 明確拒絕
outcome-not-applicable = 不適用
outcome-unknown = 不明
confidence-certain = 確定：沒有缺少任何重要資訊
confidence-likely = 很可能：有些可能重要的資訊無法查看
confidence-open = 未定：起決定作用的資訊無法查看
