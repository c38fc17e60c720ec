# 事件：狀態以及相關文字。

state-detected = 已偵測
    .sentence = 發現一次拒絕，正在尋找原因。
state-diagnosed = 已診斷
    .sentence = 原因已盡可能查明。
state-awaiting-approval = 等待核准
    .sentence = 已詢問擁有者；在其核准之前不會進行任何變更。
state-approved = 已核准
    .sentence = 擁有者已核准，即將進行變更。
state-applying = 正在套用
    .sentence = 正在進行變更。
state-applied = 已套用
    .sentence = 變更已完成，正在確認是否有效。
state-verified = 已驗證
    .sentence = 呼叫已恢復正常。
state-no-change-needed = 無須變更
    .sentence = 拒絕是正當的，或者呼叫現已獲允許；不會進行任何變更。
state-manual = 人工處理
    .sentence = 需要人工變更；Locksmith 不能或不應進行此變更。
state-rejected = 已駁回
    .sentence = 擁有者駁回了變更；未進行任何變更。
state-expired = 已過期
    .sentence = 沒有人及時回覆；未進行任何變更。如果該呼叫以後再次遭拒絕，將重新詢問擁有者。
state-suppressed = 已抑制
    .sentence = 此拒絕已抑制，目前不再通知任何人。
state-failed = 失敗
    .sentence = 變更無法完成或沒有效果，需要有人查看。
state-rolled-back = 已復原
    .sentence = 變更已復原，一切回到原狀。

## 遭拒絕的呼叫屬於哪一類，用於句中或作為標籤。

class-read = 讀取物件
class-write = 寫入物件
class-delete = 刪除物件
class-list = 列出物件
class-configure = 讀取或變更設定
class-assume = 擔任角色
class-decrypt = 解密
class-encrypt = 加密

## 標籤。

label-state = 狀態
label-causes = 原因
label-principal = 呼叫者
label-resource = 資源
label-account = 帳戶
label-denials = { $count } 次拒絕
label-first-seen = 首次拒絕
label-last-seen = 最近一次拒絕
label-risk = 風險
label-scope = 範圍
label-proof = 證明
label-undo = 復原變更的方式
label-alternatives = 其他方式
label-manual = 人工處理
label-confidence = 確定程度
# 位於值之前的標籤。
label-before = { $label }：
