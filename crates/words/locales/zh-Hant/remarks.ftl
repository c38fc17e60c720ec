# 關於事件狀態的備註，以及無法變更或復原的原因。這些文字位於標籤之後或句子之中，因此結尾不加句號。

## 將兩則備註合為一則時，位於兩者之間的符號。

remark-separator = 。

## 為何未擬定計畫、未詢問或未通知任何人。

remark-facts-missing = 缺少決定性的資訊，因此未擬定計畫
remark-approvals-off = 已有計畫，但 approval.enabled 不是 true
remark-nobody-owns = 已有計畫，但 approval.owners 沒有為帳戶 { $account } 指定任何人
remark-passed-over = 組態已將此主體排除在外
remark-suppressed = { $reason }（有效期限至 { $until }）

## 人們所說的話：本人寫下的理由，以及由誰提出。

remark-said = { $reason }（{ $person }）
remark-said-until = { $reason }（{ $person }，有效期限至 { $until }）
remark-rescoped = 已依其他範圍重新擬定計畫：{ $scope }（{ $person }）

## 因時間而結束的事項。

remark-unanswered = 沒有人及時回覆
remark-not-made-in-time = 已獲核准，但未及時套用
remark-over = 已到期

## 已核准的內容為何沒有進行。

remark-no-plan = 事件沒有對應的計畫
remark-turned-off = 未進行任何變更：approval.enabled 已不再是 true
remark-not-approved = 沒有任何人核准
remark-other-plan = 計畫與核准時的不同
remark-approved-too-long-ago = 核准的時間過久
remark-not-trusted = 帳戶 { $account } 不在 accounts.trusted 之中
remark-other-changes = 變更與已核准的不同；請重新擬定計畫
remark-statements = `{ $target }`：要新增的陳述式與變更前後文件的差異不符；請重新擬定計畫

## 復原變更後帳戶所處的狀態。

# 有多項殘留或多項異議時，位於各項之間的符號。
left-separator = ；
remark-account = 帳戶 { $account }：{ $what }
remark-account-as-it-was = 帳戶 { $account }：已回到原狀
left-stands = `{ $target }` 上的 { $kind } 仍然存在
left-open = 無法確定 `{ $target }` 上的 { $kind } 是否仍然存在
left-changed = `{ $target }` 上的 { $kind } 因他人變更而保留：{ $how }
left-stuck = `{ $target }` 上的 { $kind } 無法復原：{ $why }

## 變更是否有效。

remark-denied-again = 變更仍然存在，但呼叫於 { $at } 再次遭拒絕
remark-public = 變更已就位，但可能會對所有人開放：{ $objections }
remark-still-denied = 變更已就位，但呼叫仍遭拒絕
remark-still-denied-because = 變更已就位，但呼叫仍遭拒絕：{ $cause }
remark-not-verified = 無法驗證：{ $why }
remark-not-verified-facts = 無法驗證：缺少資訊
remark-unverified = 尚未驗證：所有政策都允許此呼叫，但之後未見成功的呼叫
remark-unverified-success = 尚未驗證：呼叫於 { $at } 成功
remark-unverified-unseen = 尚未驗證：{ $why }
remark-succeeded = 呼叫於 { $at } 成功

## AWS 自己的檢查工具對變更提出的異議。異議的對象是一個名稱，例如某項許可；理由為其原文。

remark-objects = { $adviser }對 { $about } 提出異議：{ $why }
adviser-policy-validation = IAM Access Analyzer 的政策驗證
adviser-public-access = IAM Access Analyzer 的公開存取檢查
adviser-simulator = IAM 政策模擬器

## 變更為何無法進行或無法復原。`kind` 是操作的名稱，例如 put_bucket_policy。

why-at = 帳戶 { $account } 中 `{ $target }` 上的 { $kind }：{ $why }
why-changed-since-planned = 擬定計畫後內容已有變動：{ $how }；請重新擬定計畫
why-changed-meanwhile = 即將寫入時內容已有變動：{ $how }；請重新擬定計畫
why-not-there = 實際內容與寫入的內容不符：{ $how }
why-still-there = 已移除，但仍然存在
why-not-read-back = 無法讀回確認：{ $why }
why-keeps-changing = 他人持續在變更；請稍後再試
why-held = `{ $resource }` 正由另一項作業占用；請稍後再試
why-lock-lost = `{ $resource }` 的鎖定已逾時，並由另一項作業取得
why-other-outcome = 新增這些陳述式後的結果與計畫不符
why-left = 未能全部復原

## 他人在文件中變更的內容：即上文的 `how`。多項依序排列。

difference-separator = 、
difference-more = 另有 { $count } 處差異
difference-deleted = 已遭刪除
difference-made = 原本不存在，現已建立
difference-nothing = 內容不存在
difference-rewritten = 已重新寫入
difference-member-added = 新增了 `{ $name }`
difference-member-removed = 移除了 `{ $name }`
difference-member-changed = 變更了 `{ $name }`
difference-statement-added = 新增了陳述式 `{ $sid }`
difference-statement-removed = 移除了陳述式 `{ $sid }`
difference-statement-changed = 變更了陳述式 `{ $sid }`
difference-statement-altered = 陳述式 `{ $sid }` 與寫入時不同
difference-unnamed-added = 新增了沒有 `Sid` 的 `Statement[{ $index }]`
difference-unnamed-removed = 移除了沒有 `Sid` 的 `Statement[{ $index }]`
difference-missing = `{ $names }` 不存在或與寫入時不同
