# 計畫變更什麼、證明什麼，以及需要人工完成的事項。

## 風險和範圍。

risk-low = 低
    .sentence = 呼叫者只取得遭拒絕的許可，其他一切不受影響。
risk-medium = 中
    .sentence = 除此呼叫外還會允許其他操作，或者會改寫共用的文件。
risk-high = 高
    .sentence = 會允許多得多的操作，或者一旦出錯便難以復原。
scope-object = 僅此物件
scope-prefix = 此物件所在的資料夾及其下的所有內容
scope-bucket = 儲存貯體中的所有物件

## 變更的內容。

change-put-bucket-policy = 在帳戶 { $account } 中儲存貯體 { $name } 的政策裡新增 { $count } 個陳述式。
change-put-bucket-policy-new = 為帳戶 { $account } 中尚無政策的儲存貯體 { $name } 建立政策。
change-put-access-point-policy = 在帳戶 { $account } 中存取點 { $name } 的政策裡新增 { $count } 個陳述式。
change-put-access-point-policy-new = 為帳戶 { $account } 中尚無政策的存取點 { $name } 建立政策。
change-put-key-policy = 在帳戶 { $account } 中金鑰 { $name } 的政策裡新增 { $count } 個陳述式。
change-create-grant = 在帳戶 { $account } 中為金鑰 { $name } 建立授予。
change-put-bucket-encryption = 設定帳戶 { $account } 中儲存貯體 { $name } 的預設加密。
change-put-trust-policy = 在帳戶 { $account } 中角色 { $name } 的信任政策裡新增 { $count } 個陳述式。
change-put-role-policy = 為帳戶 { $account } 中的角色 { $name } 新增內嵌政策 { $policy }。
change-put-user-policy = 為帳戶 { $account } 中的使用者 { $name } 新增內嵌政策 { $policy }。

## 變更為何必要，以及授予什麼。

principal-role = 帳戶 { $account } 的角色 { $name }
principal-user = 帳戶 { $account } 的使用者 { $name }
why-put-bucket-policy = 允許{ $who } 對 { $resources } 執行 { $actions }。
why-put-access-point-policy = 允許{ $who } 透過此存取點對 { $resources } 執行 { $actions }。
why-put-key-policy = 允許{ $who } 使用此金鑰執行 { $actions }。
why-create-grant = 允許{ $who } 使用此金鑰執行 { $actions }。
why-put-bucket-encryption = 以 ARN { $after } 指定儲存貯體的預設金鑰，取代 S3 會在上傳者帳戶中尋找的 { $before }。此後對所有寫入者生效；現有物件維持不變。
why-put-trust-policy = 允許{ $who } 執行 { $actions }：之後它可以執行此角色能夠執行的一切操作。
why-put-role-policy = 允許{ $who } 對 { $resources } 執行 { $actions }。
why-put-user-policy = 允許{ $who } 對 { $resources } 執行 { $actions }。
why-through-service = 僅在透過 { $service } 時有效。
why-through-point = 僅在透過存取點 { $name } 時有效。
why-for-context = 僅對 { $context } 有效。
why-limit-near = 文件將達到 { $used } 個字元，AWS 的上限為 { $limit } 個：所剩空間不多。
why-made-by-cloudformation = 此資源由 CloudFormation（堆疊 { $what }）建立，下次執行時會移除此變更：請同時寫入範本。
why-made-by-terraform = 此資源由 Terraform（{ $what }）建立，下次執行時會移除此變更：請同時寫入組態。
list-separator = 、
sentence-separator = {""}

## 如何復原變更。

inverse-put-role-policy = 刪除角色的內嵌政策 { $policy }。
inverse-put-user-policy = 刪除使用者的內嵌政策 { $policy }。
inverse-create-grant = 撤銷名為 { $grant } 的授予。
inverse-put-bucket-encryption = 將預設加密恢復為原來的設定。
inverse-made-policy = 刪除該政策；如果其他人已新增內容，則從中移除 { $sids }。
inverse-shared-policy = 從政策中移除 { $sids }。

## 其他方式。

alternative-grant = 以授予取代金鑰政策中的陳述式：政策維持不變，一次呼叫即可復原。授予不如政策顯眼，不支援 kms:ViaService，也不會自行失效。
alternative-resource-policy = 由資源的政策指定呼叫者，取代呼叫者自己的 IAM 政策：許可在資料所在之處可見，不再取決於該帳戶管理員的操作。
alternative-widened = 人工：如果確有需要，請在金鑰政策中將呼叫者的 ARN 加入{ $statement }的 Principal。呼叫者隨後可對該金鑰加密的一切內容執行該陳述式的所有動作，包括直接呼叫。
alternative-delegated = 人工：如果確有需要，請在金鑰政策中新增陳述式，允許 { $root } 執行 kms:*。該帳戶的所有 IAM 政策（包括管理員的政策）隨後都會對此金鑰生效。

## 證明。

proof-verdicts = 變更前：{ $before }。變更後：{ $after }。
proof-none-compared = 任何人的許可都不會改變，因此未進行其他比較。
proof-none-opened = 其他 { $checked } 個請求的結果維持不變。
proof-some-opened = 在其他 { $checked } 個請求中，有些請求的結果會改變。

## 各種原因下需要人工完成的事項。

manual-missing-allow = Locksmith 不會自行進行此變更。如果確需存取，須由擁有者在以下位置手動允許：{ $holder }。
manual-missing-allow-scp = 如果組織希望如此，須由其管理員在連接至 { $target } 的服務控制政策中允許。Locksmith 不會變更組織的政策。
manual-missing-allow-permissions-boundary = 如果此操作理應可行，請在 { $target } 的許可界限中允許。Locksmith 不會變更界限。
manual-missing-allow-vpc-endpoint-policy = 請在 VPC 端點 { $target } 的政策中允許，或不經由該端點進行呼叫。
manual-session-policy = 請在建立工作階段時傳遞的政策（AssumeRole 的 Policy 或 PolicyArns）中允許。它屬於工作階段，帳戶中的任何地方都沒有儲存它。
manual-explicit-deny = { $holder }中的{ $statement }是否有意阻止此呼叫？請加以判斷。如果不是，請縮小該陳述式的範圍或新增例外。拒絕優先於一切允許，因此其他辦法均無效，Locksmith 也不會新增任何內容來繞過它。
manual-condition-not-met = { $holder }中的{ $statement }設有條件。如果應當允許此呼叫，請符合該條件，或變更該條件。
manual-dangling-principal = { $holder }指定的主體已遭刪除。如果確需存取，須由擁有者在其中指定新的角色或使用者。
manual-no-account-delegation = 如果確需存取，請在金鑰 { $target } 的政策中為呼叫者新增陳述式。
manual-grant-constraint-not-met = 如果確需存取，請在金鑰政策中為呼叫者新增陳述式：金鑰 { $target } 的授予只對其他加密內容有效。
manual-aws-managed-key-cross-account = 請建立客戶受管金鑰，將其設為儲存貯體的預設金鑰，並以該金鑰重新加密物件（將物件複製到其自身）。AWS 受管金鑰的政策無法變更。
manual-key-disabled = 如果並非有意停用，請啟用金鑰 { $target }（aws kms enable-key）。
manual-key-pending-deletion = 如果仍需要該金鑰加密的資料，請立即取消刪除金鑰 { $target }（aws kms cancel-key-deletion，然後 enable-key）：等待期過後資料將會遺失。
manual-key-unavailable = 請恢復金鑰 { $target } 的金鑰材料（匯入，或連接金鑰存放區），或以其他金鑰加密。
manual-key-not-found = 請在請求或儲存貯體的預設加密中更正金鑰 ID。以已刪除的金鑰加密的內容已經遺失。
manual-key-wrong-region = 請使用儲存貯體所在區域的金鑰：在請求或儲存貯體的預設加密中設定。
manual-alias-in-callers-account = 請在儲存貯體 { $target } 的預設加密中以 ARN 指定金鑰。無法判斷所指的是哪個金鑰：儲存貯體的帳戶中沒有此別名對應的金鑰。
manual-restrict-public-buckets = 請縮小儲存貯體 { $target } 的政策中對所有人開放的陳述式，使政策不再公開。請勿關閉封鎖公開存取。
manual-foreign-owner = 請以儲存貯體擁有者身分複製該物件，或將儲存貯體的物件擁有權設定為 BucketOwnerEnforced，此後儲存貯體擁有者擁有所有物件。
manual-object-missing = 請檢查物件名稱：沒有名為 { $target } 的物件。並未缺少任何許可。
manual-requester-pays-header-missing = 請在呼叫中傳送標頭 x-amz-request-payer: requester；費用將由呼叫者的帳戶支付。
manual-sse-c-blocked = 上傳時請勿使用自己的金鑰（SSE-C），交由儲存貯體的預設加密處理。
manual-acl-disabled = 上傳時請勿附上存取控制清單，或使用 bucket-owner-full-control。
manual-unexplained = 所有能夠讀取的政策都允許此呼叫。請重試；如果仍遭拒絕，請查看列為不明的項目，以及此後政策是否有變更。

## 僅憑原因無法確定的人工事項。

manual-reserved-role = 角色 { $target } 由 IAM Identity Center 根據許可集建立。請在許可集的內嵌政策中允許該動作並重新佈建；對角色本身的變更會遭移除。
manual-service-role = { $target } 是服務連結角色：其許可只能由 AWS 定義。
manual-disagrees = AWS 自己的訊息指向的政策與 Locksmith 的判斷不同，因此不會僅憑 Locksmith 的判斷進行變更。請將診斷與該訊息進行比較。
manual-administrative = 此動作會改變誰能做什麼，或破壞保護資料的設定。Locksmith 絕不會因為有人遭拒絕就授予此類許可。如果確有需要，須由擁有者在以下位置手動授予：{ $holder }。
manual-unnamed-objects = 該事件未列出物件名稱。S3 另外會為每個物件記錄一個事件（DeleteObject）：請根據這些事件擬定計畫，或指定單一物件。
manual-useless-key = 金鑰 { $target } 無法用於此呼叫，因此不會授予對它的任何許可。改用其他金鑰後，請重新擬定計畫。
manual-unnamed-resource = 無法得知應當允許該動作的資源的 ARN。請在以下位置手動允許：{ $holder }。
manual-too-large = 如果再新增一個陳述式，{ $target } 的文件將超過 AWS 的上限。請刪除或合併不需要的陳述式，然後重新擬定計畫。
manual-wildcard = 名稱中含有萬用字元，而舊版 Version 2008-10-17 的政策無法依字面寫出。請在確認其他陳述式中沒有政策變數之後，將 { $target } 的文件的 Version 設為 2012-10-17，然後重新擬定計畫。
manual-not-latin-1 = 名稱中含有 IAM 和 KMS 政策不接受的字元。請以資料夾或整個儲存貯體為範圍重新擬定計畫，這樣就不需要該名稱。
manual-unreadable = 無法讀取 { $target } 的文件，因此不會在其中新增任何內容。請修復該文件，或授予 Locksmith 讀取許可，然後重新擬定計畫。
manual-no-grant = 授予需要確切的加密內容。請在金鑰 { $target } 的政策中允許該動作。
manual-unproved = 找到了一項變更，但無法證明它只做應做之事，因此不予提供。須由 { $target } 的擁有者查看。
manual-key-at-home = 該動作只適用於呼叫者自己帳戶中的金鑰。請使用金鑰 { $target } 所在帳戶的角色進行呼叫。
manual-caller-unsigned = 呼叫未簽署；Locksmith 不會向所有人開放任何內容。如果確需存取，須由擁有者在以下位置手動允許：{ $holder }。
manual-caller-service = 呼叫來自某項 AWS 服務：針對該服務的陳述式需要包含其所服務資源的 aws:SourceArn 或 aws:SourceAccount，否則任何人的資源都可以利用它。如果確有需要，請在以下位置手動允許：{ $holder }。
manual-caller-root = 呼叫來自根使用者；根使用者只能連同其整個帳戶一起指定。如果確有需要，請在以下位置手動允許：{ $holder }。
manual-caller-unknown = 無法得知是哪個角色或使用者進行了呼叫，因此沒有陳述式能夠單獨指定它。如果確有需要，請在以下位置手動允許：{ $holder }。
