# 工單中的內容。

ticket-title = { $principal } 對 { $resource } 的 { $operation } 遭拒絕
ticket-title-early = { $principal } 對 { $resource } 的存取遭拒絕：{ $class }
ticket-state = { $state }。{ $sentence }
ticket-report = 完整報告
ticket-shortened = 為符合此處的長度限制，本文已縮短。完整內容請見報告。
ticket-more = 另有 { $count } 項

## Labels of facts.

ticket-incident = 事件編號
ticket-principal-account = 呼叫者所屬帳戶
ticket-resource-account = 資源所屬帳戶
ticket-operation = 操作
ticket-prefix = 資料夾
ticket-key = KMS 金鑰
ticket-denials = 拒絕次數
ticket-openings = 開啟次數
ticket-event = CloudTrail 事件
ticket-event-time = 事件時間
ticket-caller = 事件中的呼叫者
ticket-called-on = 呼叫對象
ticket-region = 區域
ticket-error-code = 錯誤代碼
ticket-aws-message = AWS 傳回的訊息
ticket-verdict = 判定

## Causes and evidence.

ticket-in-account = 帳戶 { $account }：{ $text }
ticket-no-diagnosis = 正在尋找原因。
ticket-evidence = 依據
ticket-unknowns = 有 { $count } 項資訊無法查看，報告中已逐一列出。

## The plan.

ticket-changes = 建議的變更
ticket-reach = 範圍：{ $scope }。變更摘要值：{ $digest }
ticket-expires = 這些變更將於 { $at } 到期失效。
ticket-change = { $change }{ $why } 風險：{ $risk }。
ticket-partly = 僅有這些變更還不夠，還需要人工處理。
ticket-by-hand = 帳戶 { $account }，{ $target }：{ $what }
ticket-undo = 擁有者可在聊天或頁面中用「復原變更」從最後一項開始復原 { $count } 項變更，即：
ticket-inverse = { $target }：{ $inverse }

## What was done.

ticket-done = 已執行的操作
ticket-step = { $at }，{ $status }：{ $change }
ticket-step-planned = 尚未開始
ticket-step-writing = 正在寫入
ticket-step-written = 已寫入並讀回確認
ticket-step-stood = 先前已存在
ticket-step-failed = 無法完成（{ $why }）
ticket-step-undoing = 正在復原
ticket-step-undone = 已復原
ticket-step-kept = 因其他事件依賴而保留
ticket-step-changed = 因他人變更而保留（{ $why }）
ticket-step-stuck = 無法復原（{ $why }）

## Approvals.

ticket-approvals = 核准
ticket-approved = { $person } 於 { $at } 核准了帳戶 { $account } 中的變更。
ticket-broke-glass = { $person } 於 { $at } 以緊急核准（break-glass）核准了帳戶 { $account } 中的變更。理由：{ $reason }
ticket-missing = 帳戶 { $account }：{ $quorum } 人中已有 { $given } 人核准。
ticket-nobody-may = 帳戶 { $account }：沒有人有權核准其中的變更。
ticket-asked-until = 回覆期限為 { $at }。
ticket-rejected = { $person } 於 { $at } 駁回了變更。理由：{ $reason }
ticket-suppressed = { $person } 於 { $at } 將此拒絕抑制至 { $until }。理由：{ $reason }
ticket-wants-undo = { $person } 於 { $at } 要求復原變更。理由：{ $reason }

## Comments.

ticket-came-back = 拒絕再次發生。這是第 { $count } 次開啟；最近一次拒絕發生於 { $at }。
