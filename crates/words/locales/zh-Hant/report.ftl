# 報告在原因與變更之外顯示的內容：無法查看的資訊，以及以圖呈現的呼叫經過各政策的路徑。

## 無法查看的資訊，位於政策層的名稱之後或單獨出現。英文文字由引擎自己提供。

unknown-unread = 無法讀取：{ $why }
unknown-not-in-evidence = 讀取的內容中沒有 { $what }
unknown-not-read-by-design = 不讀取此服務的資源的政策
unknown-callers-account = 不清楚呼叫者屬於誰的帳戶
unknown-management-account = 無法讀取由哪個帳戶管理組織
# 後面是上述以外的另一項；`why` 是英文的技術細節。
unknown-because = { $what }：{ $why }
unknown-session-policy = CloudTrail 事件中不包含工作階段政策；如果工作階段是以工作階段政策建立的，該政策可能會拒絕或不允許此呼叫
unknown-block-public-access = 無法讀取封鎖公開存取是否限制此儲存貯體
unknown-condition-key = CloudTrail 事件中沒有 { $key } 的值
unknown-federated-session = 聯合身分工作階段如果沒有工作階段政策就沒有任何許可，而 CloudTrail 事件中不包含工作階段政策
unknown-statement = 不清楚 { $policy } 的陳述式 { $index } 是否適用於此呼叫
unknown-statement-unnamed = 不清楚陳述式 { $index } 是否適用於此呼叫
unknown-grant = 不清楚授予 { $policy } 是否適用於此呼叫
unknown-object-owner = 無法讀取物件的擁有者，或其存取控制清單允許誰存取
unknown-listing = 物件不存在，且不清楚呼叫者是否可以列出儲存貯體
unknown-requester-pays = 無法讀取儲存貯體是否由請求者付費
unknown-requester-consent = 儲存貯體由請求者付費，但不清楚請求是否對此表示同意
unknown-encryption-types = 無法讀取儲存貯體拒絕哪些加密類型
unknown-access-control-lists = 無法讀取儲存貯體是否接受存取控制清單
unknown-key-manager = 無法讀取金鑰是否由 AWS 管理
unknown-key-state = 無法讀取金鑰的狀態
unknown-aws-s3-key = 呼叫者的帳戶中尚無 aws/s3 金鑰；S3 會在首次使用時建立
unknown-permission = 不清楚呼叫需要哪項許可

## AWS 的訊息內容，以及診斷是否與其一致。`blames` 是前三則之一。

aws-blames-explicit = AWS 指出{ $layer }中有明確拒絕
aws-blames-implicit = AWS 在{ $layer }中未找到允許
aws-blames = AWS 認為拒絕源於{ $layer }
aws-agrees = { $blames }，本診斷與此一致。
aws-unseen = { $blames }，但在此處無法查看。
aws-disagrees = { $blames }，本診斷與此不一致。進行任何變更之前，請再次確認。
aws-silent = 該訊息未說明由哪項政策決定。
aws-does-not-fit = 該訊息與本診斷不符。進行任何變更之前，請再次確認。

## 呼叫者的帳戶是否信任金鑰。`key-trust` 是標籤。

key-trust = 對金鑰的信任
key-trust-own-account = 金鑰屬於呼叫者自己的帳戶
key-trust-explicitly-permitted = 呼叫者帳戶中有政策或授予指定了該金鑰，因此該帳戶信任它
key-trust-not-established = 呼叫者帳戶中沒有任何政策或授予指定該金鑰；其中沒有任何內容表明應當信任它

## 需要人工處理的事項由誰處理。英文文字由計畫自己提供。

owner-account = { $account } 的擁有者
owner-resource = 資源的擁有者
owner-organization = 組織的管理員
owner-session = 建立工作階段的一方
owner-boundary = 在{ $account } 中設定許可界限的人員
owner-endpoint = VPC 端點的擁有者
owner-identity-center = IAM Identity Center 的管理員
owner-caller = 發出呼叫的一方
owner-nobody = 尚無人選

## 圖：從呼叫者經過各層到資源的一條線。各點下方的名稱每行約可容納十六個拉丁字母或八個中文字；
## 有空格處可分成兩行。

path-caller = 呼叫者
path-key = 金鑰
path-object = 物件
path-bucket = 儲存貯體
path-role = 角色
path-resource = 資源
path-key-unknown = 金鑰不明
path-side-caller = 呼叫者帳戶
path-side-organization = 組織
path-side-endpoint = 網路
path-side-resource = 資源帳戶

# 某一層的判定及其作用。
path-allow = 允許
path-no-allow = 未允許
path-deny = 明確拒絕
path-blocks = 阻擋

# 資源本身的問題，位於其名稱下方。
path-at-key-disabled = 已停用
path-at-key-pending-deletion = 等待刪除
path-at-key-unavailable = 無法使用
path-at-key-not-found = 不存在
path-at-key-wrong-region = 區域不符
path-at-alias-in-callers-account = 別名
path-at-aws-managed-key-cross-account = AWS 受管
path-at-object-missing = 不存在
path-at-requester-pays-header-missing = 請求者付費
path-at-sse-c-blocked = 拒絕 SSE-C

# 符號的意義。
path-legend-pass = 允許
path-legend-stop = 不允許，因而阻擋
path-legend-deny = 明確拒絕
path-legend-open = 無法查看
path-legend-silent = 不允許，但也無須允許
