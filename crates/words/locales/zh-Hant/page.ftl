# `locksmith serve` 的頁面。

## What stands around every page.

page-skip = 跳到內文
page-navigation = 主導覽
page-incidents = 事件
page-language = 語言
page-you-are = 您的身分：{ $person }
page-act-as = 以誰的身分操作
page-log-out = 登出
page-place-folder = 帳戶是 { $folder } 中的檔案：核准的內容只會在那裡變更。
page-place-demo = 示範：兩個帳戶都是 { $folder } 中的檔案。需要兩位擁有者核准，您可以用其中任一身分操作。

## Pages that say one thing.

page-to-incidents = 前往事件清單
page-welcome = 您已登入。
    .title = 歡迎
page-log-in = 請開啟 Locksmith 在終端機中顯示的連結。該連結只能使用一次；若上一個已使用，終端機中剛才已顯示新的連結。若您已登入並從其他網站來到這裡，請從下方繼續。
    .title = 登入
page-nobody = 您的登入身分不在 Locksmith 組態的人員之中。請洽 Locksmith 管理員。
    .title = 未登記
page-left = 您已登出。
    .title = 再見
page-stale = 此表單屬於已結束的工作階段或其他工作階段。未執行任何動作。請重新開啟事件後再試。
    .title = 表單已失效
page-not-found = 沒有此頁面，或該事件已不再保留。
    .title = 找不到
page-failed = 剛才無法讀取或寫入儲存區。已向您確認的內容不會遺失。請重試。
    .title = 請重試

## Lists.

page-state = 狀態
page-every-state = 所有狀態
page-show = 顯示
page-none = 尚未發現任何拒絕。
page-none-of = 沒有處於此狀態的事件。
page-all-of = 全部：{ $state }
page-list-title = 事件：{ $state }
page-pages = 清單分頁
page-first = 第一頁
page-next = 下一頁
page-what = 呼叫者與對象
page-why = 原因
page-count = 拒絕次數
page-last-seen = 最近一次

## An incident: what was denied, and why.

page-headline = { $who } 對 { $what } 的 { $operation } 遭拒絕
page-headline-early = { $who } 對 { $what } 的呼叫遭拒絕
page-caller = 呼叫者
page-resource = 資源
page-denials = 拒絕
page-denials-since = { $count } 次，首次：
page-lately = 最近：
page-why-denied = 拒絕的原因
page-not-diagnosed = 正在讀取帳戶的政策。
page-no-causes = 能夠讀取的政策都沒有阻止此呼叫。
page-fix-automatic = Locksmith 可以提出變更
page-fix-manual = 需要由人決定
page-fix-none = 無須變更
page-expected = 預期
page-found = 實際
page-unknowns = 無法查看的資訊：{ $count } 項

## What is proposed.

page-change = 建議的變更
page-change-part = 所需變更的一部分
page-change-made = 已進行的變更
page-change-undone = 已復原的變更
page-by-hand = 需要人工處理
page-other-ways = 其他方式
page-scope = 範圍
page-ends = 變更的到期時間
page-risk = 風險
page-difference = 文件中的變更
page-digest = 這些變更的摘要值：

## What owners are asked.

page-decision = 您的決定
page-now = 現況
page-asked-until = 回覆期限：
page-approvals-missing = { $quorum } 人中已有 { $given } 人核准
page-approvals-given = 已核准
page-approved-at = 核准於
page-not-yet = 尚未
page-approve = 核准此變更
page-approve-binds = 僅核准此處顯示的變更，適用於您所擁有的每個帳戶。所有擁有者都核准後即進行變更。
page-approve-way = 改為核准此方式
page-reject = 駁回…
page-reject-now = 駁回變更
page-suppress = 抑制：此拒絕是正當的…
page-suppress-means = 不進行任何變更，並且在此日期過去之前不再詢問任何人。
page-suppress-now = 抑制此拒絕
page-until = 期限：
page-rescope = 其他範圍…
page-rescope-now = 重新擬定計畫
page-break-glass = 緊急核准（break-glass）：單獨核准…
page-break-glass-means = 不等待擁有者回覆即進行變更。所有人都會收到通知以及您的理由。
page-break-glass-now = 緊急核准
page-reason = 理由
page-not-yours = { $person } 不是這些帳戶的擁有者，應由擁有者決定。
page-form-approve = 核准
page-form-way = 核准其他方式
page-form-reject = 駁回
page-form-suppress = 抑制此拒絕
page-form-rescope = 其他範圍
page-form-break-glass = 緊急核准

## What can be done beside deciding.

page-since = 自
page-look-again = 下次檢查：
page-reload = 重新載入頁面
page-call-again = 再次嘗試呼叫
page-call-again-means = 再次發出遭拒絕的呼叫。由檔案中的政策像 AWS 一樣判定。
page-undo = 復原變更…
page-undo-now = 復原變更

## The answer, and the path of the call.

page-matrix = 每個許可，每個政策
page-permission = 所需許可
page-answer = 判定
page-path = 呼叫的路徑

## What happened.

page-history = 經過
page-incident = 事件
page-first-seen = 首次拒絕
page-opened = 事件建立
page-seen = 最近一次拒絕（共 { $count } 次）
page-openings = 共開啟 { $count } 次
page-gave-approval = { $person } 已核准
page-gave-approval-for = { $person } 為帳戶 { $account } 核准
page-broke-glass = { $person } 已緊急核准
page-did-rescope = { $person } 要求改用其他範圍：{ $scope }
page-did-reject = { $person } 駁回了變更
page-did-suppress = { $person } 抑制了此拒絕
page-did-undo = { $person } 要求復原變更
page-step-planned = 計畫：
page-step-writing = 正在寫入：
page-step-written = 已完成：
page-step-stood = 先前已存在：
page-step-failed = 無法完成：
page-step-undoing = 正在復原：
page-step-undone = 已復原：
page-step-kept = 因其他事件依賴而保留：
page-step-changed-by-others = 因他人變更而保留：
page-step-stuck = 無法復原：

## What was done just now.

page-done-counted = 您的核准已計入，仍缺其他核准。
page-done-approved = 所有擁有者均已核准，變更已開始。結果見下方。
page-done-rejected = 您已駁回變更。未進行任何變更。
page-done-suppressed = 已抑制此拒絕：呼叫仍會遭拒絕，在此之前不再詢問任何人。
page-done-rescoped = 正在重新擬定計畫。
page-done-before = 先前已作出此決定；未重複執行。
page-done-undone = 變更已復原。
page-done-underway = 正在處理中。請稍後重新載入。
page-done-looked = 狀態不變。帳戶中的現況見下方。
page-done-succeeded = 已再次發出呼叫，呼叫成功。
page-done-denied = 已再次發出呼叫，呼叫遭拒絕。
page-done-unknown = 無法判斷呼叫是否成功：缺少決定性的資訊。

## Why something was not done.

page-refused-form = 無法讀取表單。未執行任何動作：請查看事件現況並重新決定。
page-refused-gone = 該事件已不再保留。
page-refused-off = 此處無法核准：組態中的 approval.enabled 不是 true。
page-refused-other-plan = 您查看之後計畫已有變動。未執行任何動作：請查看現在的計畫並重新決定。
page-refused-other-question = 您查看之後已重新詢問。未執行任何動作：請查看現況並重新決定。
page-refused-same-scope = 計畫已是此範圍。
page-refused-wrong-state = 事件現在處於「{ $state }」狀態：沒有待決定的內容。
page-refused-too-late = 已超過核准的期限：需要重新擬定計畫，並再次詢問擁有者。
page-refused-untouched = 帳戶 { $account } 中沒有任何變更。
page-refused-other-way = { $person } 已核准另一種方式。請核准該方式，或駁回變更。
page-refused-not-entitled = 您無權核准帳戶 { $account } 中的變更：由其擁有者決定。
page-refused-benefits = 此變更將允許 { $principal }，而這正是您使用的身分。任何人都不能核准讓自己取得許可的變更：請洽其他擁有者。
page-refused-incomplete = 需要填寫理由，以及尚未過去的日期。
page-refused-undo = 只有變更所在帳戶的擁有者才能復原。
