# 聊天中閱讀與回覆的文字。對話方塊的標題與按鈕最多 24 個字元，訊息的按鈕最多 75 個字元。

## 訊息。

chat-headline = 對 { $resource } 的 { $operation } 遭拒絕
chat-headline-early = 對 { $resource } 的存取遭拒絕：{ $class }
chat-fallback = { $headline }：{ $state }
chat-in-account = （帳戶 { $account }）
chat-for-account = （帳戶 { $account }）
chat-by-break-glass = 緊急核准（break-glass）：{ $reason }
chat-more-causes = 另有 { $count } 個原因，請查看報告。
chat-cut = 以下內容已省略。全文請查看報告與工單。
chat-label-remark = 備註
chat-label-change = 建議的變更
chat-label-ends = 變更的到期時間
chat-label-digest = 摘要值
chat-label-done = 已執行的操作
chat-label-layers = 各政策層的判定
chat-label-aws = AWS 的訊息
chat-label-unknown = 無法查看的資訊
chat-label-approved = 核准人
chat-label-missing = 尚缺的核准
chat-label-answer-until = 回覆期限
chat-label-until = 期限
chat-ended-rejected = 駁回人
chat-ended-suppressed = 抑制人
chat-ended-undo = 要求復原的人
chat-missing = 帳戶 { $account }：{ $quorum } 人中已有 { $given } 人核准
chat-missing-nobody = 帳戶 { $account }：組態中沒有指定擁有者
chat-link-ticket = 工單 { $name }
chat-link-report = 報告
chat-incident = 事件 { $id }

## 變更的結果。

chat-step-planned = 尚未寫入。
chat-step-writing = 正在寫入。
chat-step-written = 已完成。
chat-step-stood = 先前已存在。
chat-step-failed = 無法完成：
chat-step-undoing = 正在復原。
chat-step-undone = 已復原。
chat-step-kept = 因其他事件依賴而保留。
chat-step-changed-by-others = 因他人變更而保留：
chat-step-stuck = 無法復原：

## 按鈕。

chat-button-approve = 核准
chat-button-reject = 駁回
chat-button-suppress = 抑制：此拒絕是正當的
chat-button-narrower = 縮小範圍：{ $scope }
chat-button-wider = 擴大範圍：{ $scope }
chat-button-details = 顯示全部
chat-button-break-glass = 緊急核准（break-glass）
chat-button-undo = 復原變更
chat-button-decide = 查看並決定
chat-confirm-approve-title = 要核准這些變更嗎？
chat-confirm-approve-text = 您核准在您擁有的帳戶中進行此處顯示的變更，且僅限這些變更。所有擁有者都核准後才會進行。
chat-confirm-approve-yes = 核准
chat-confirm-no = 取消
chat-confirm-scope-title = 要重新擬定計畫嗎？
chat-confirm-scope-text = 將依此範圍重新擬定計畫：{ $scope }。先前的核准不再有效。
chat-confirm-scope-yes = 重新擬定計畫

## 對話方塊。

chat-dialog-reject-title = 駁回變更
chat-dialog-reject-submit = 駁回
chat-dialog-reject-text = 不會進行任何變更，該呼叫仍會遭拒絕。
chat-dialog-suppress-title = 抑制此拒絕
chat-dialog-suppress-submit = 抑制
chat-dialog-suppress-text = 拒絕是正當的，不會進行任何變更。在您選擇的日期之前，不再就此拒絕通知任何人。
chat-dialog-break-glass-title = 緊急核准
chat-dialog-break-glass-submit = 立即核准
chat-dialog-break-glass-text = 變更將立即在所有帳戶中進行，不等待擁有者回覆。所有人都會得知核准人是您以及您的理由。
chat-dialog-undo-title = 復原變更
chat-dialog-undo-submit = 復原變更
chat-dialog-undo-text = 所做的變更會被移除，該呼叫可能會像以前一樣遭拒絕。其他事件所依賴的內容，以及此後被他人變更的內容會保留。
chat-dialog-details-title = 全部詳細資訊
chat-dialog-told-title = Locksmith
chat-dialog-cancel = 取消
chat-dialog-close = 關閉
chat-dialog-reason = 理由
chat-dialog-reason-hint = 理由會與決定一併保存，其他人也看得到。
chat-dialog-until = 到這一天結束為止
chat-dialog-until-hint = 以 UTC 計算一天的結束。
chat-break-glass-note = 在緊急情況下，可以一次核准所有帳戶的變更。所有人都會收到通知。

## 決定的結果。

chat-decided-counted = 您的核准已計入。尚缺：{ $missing }。
chat-decided-now = 您的決定已生效。事件的目前狀態：{ $state }。
chat-decided-before = 先前已作出決定，這次沒有變化。事件的狀態：{ $state }。
chat-failed-store = 目前無法記錄您的決定。請稍後再試。
chat-failed-announce = 您的決定已記錄，稍後生效。您不需要進行任何操作。
chat-failed-late = 耗時過長，無法確定您的決定是否已記錄。請稍後查看訊息，如果沒有變化，請再按一次。
chat-failed-groups = 聊天系統未能及時告知您屬於哪些群組。請再按一次。
chat-failed-dialog = 無法開啟對話方塊。請再按一次。
chat-refused-gone = 該事件已不存在。
chat-refused-off = 此處無法核准：組態中已關閉核准功能。
chat-refused-other-plan = 計畫已有變動。請查看目前的訊息並重新決定。
chat-refused-other-question = 該詢問已結束或已重新提出。請查看目前的訊息並重新決定。
chat-refused-same-scope = 計畫已是此範圍：{ $scope }。
chat-refused-wrong-state = 目前沒有需要決定的內容。事件的狀態：{ $state }。
chat-refused-too-late = 已超過核准的期限。需要重新擬定計畫，並再次詢問擁有者。
chat-refused-untouched = 帳戶 { $account } 中不會有任何變更。
chat-refused-other-way = { $person } 已核准另一種方式。請核准該方式，或駁回此計畫。
chat-refused-not-entitled = { $person } 無權就帳戶 { $account } 作出決定。請洽其擁有者。
chat-refused-benefits = { $person } 以 { $principal } 的身分操作，而這些變更會允許該身分。任何人都不能核准讓自己取得許可的變更：請洽其他擁有者。
chat-refused-other-changes = { $person } 核准的是其他變更。
chat-refused-stale = { $person } 的核准（{ $at }）時間過久。
chat-refused-incomplete = 需要填寫理由；若要抑制拒絕，還需要選擇尚未過去的日期。
chat-refused-unknown = 組態中沒有您的 ID（{ $user }）。請洽 Locksmith 管理員新增。
chat-refused-elsewhere = 您屬於另一個工作區（{ $user }）。只有本工作區的成員才能在此作出決定。

## 發給受詢者的通知。

chat-notice-reminder = { $number ->
        [1] 正在等待您的回覆。請查看建議的變更。
       *[other] 仍在等待您的回覆（第 { $number } 次提醒）。請查看建議的變更。
    }
chat-notice-escalation = 擁有者長時間沒有回覆。請安排人員回覆。
chat-notice-break-glass = { $person } 未等待擁有者回覆，以緊急核准（break-glass）核准了變更。理由：{ $reason }

## 連結開啟的頁面。

chat-page-title = Locksmith
chat-page-as = 您以 { $person } 的身分作出決定。
chat-link-over = 此連結已過期。請查看較新的訊息。
chat-link-wrong = 此連結不完整。請從訊息中複製完整的連結，再重新開啟。
