# 事件：狀態以及相關文字。

state-detected = 已偵測
    .sentence = 發現一次拒絕，正在尋找原因。
state-diagnosed = 已診斷
    .sentence = 原因已盡可能查明。
state-awaiting-approval = 等待核准
    .sentence = 已徵詢擁有者；在其同意之前不會進行任何變更。
state-approved = 已核准
    .sentence = 擁有者已同意，即將進行變更。
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
    .sentence = 沒有人及時回覆；未進行任何變更。
state-suppressed = 已隱藏
    .sentence = 目前不再通知此拒絕。
state-failed = 失敗
    .sentence = 變更無法完成或沒有效果，需要有人查看。
state-rolled-back = 已復原
    .sentence = 變更已復原，一切回到原狀。

## 標籤。

label-state = 狀態
label-causes = 原因
label-principal = 主體
label-resource = 資源
label-account = 帳戶
label-denials = { $count } 次拒絕
label-first-seen = 首次拒絕
label-last-seen = 最近一次拒絕
label-risk = 風險
label-scope = 範圍
label-proof = 證明
label-undo = 復原方式
label-alternatives = 其他方式
label-manual = 人工處理
label-confidence = 確定程度
