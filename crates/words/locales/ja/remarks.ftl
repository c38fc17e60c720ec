# インシデントの状態についての備考と、変更や取り消しができなかった理由。見出しの後や文の中に入るため、
# 末尾に句点を付けません。

## 一つの備考にまとめるときの区切り。

remark-separator = 。

## 計画、依頼、通知をしない理由。

remark-facts-missing = 決め手となる情報が不足しているため、計画は作成していません
remark-approvals-off = 計画はありますが、approval.enabled が true ではありません
remark-nobody-owns = 計画はありますが、approval.owners にアカウント { $account } の所有者が指定されていません
remark-passed-over = 設定により、このプリンシパルは対象外です
remark-suppressed = { $reason } ({ $until } まで)

## 人が述べたこと: 本人の言葉による理由と、その人。

remark-said = { $reason } ({ $person })
remark-said-until = { $reason } ({ $person }、{ $until } まで)
remark-rescoped = 別の範囲で計画し直しました: { $scope } ({ $person })

## 時間切れで終わったもの。

remark-unanswered = 期限内に回答がありませんでした
remark-not-made-in-time = 承認されましたが、期限内に適用されませんでした
remark-over = 有効期限が切れました

## 承認された変更を適用しない理由。

remark-no-plan = インシデントに計画が保存されていません
remark-turned-off = approval.enabled が true ではなくなったため、何も変更しません
remark-not-approved = 誰も承認していません
remark-other-plan = 計画が、承認されたものと異なります
remark-approved-too-long-ago = 承認が古すぎます
remark-not-trusted = アカウント { $account } は accounts.trusted に含まれていません
remark-other-changes = 変更が、承認されたものと異なります。計画し直してください
remark-statements = `{ $target }`: 追加するステートメントが、ドキュメントの変更前後の差分と一致しません。計画し直してください

## 変更を取り消した後のアカウントの状態。

# 残っているものや指摘が複数あるときの区切り。
left-separator = 。
remark-account = アカウント { $account }: { $what }
remark-account-as-it-was = アカウント { $account }: 変更前の状態です
left-stands = `{ $target }` への { $kind } は残っています
left-open = `{ $target }` への { $kind } が残っているかどうかは不明です
left-changed = `{ $target }` への { $kind } は、ほかの人が変更したため残しました: { $how }
left-stuck = `{ $target }` への { $kind } は取り消せませんでした: { $why }

## 変更に効果があったかどうか。

remark-denied-again = 変更は適用されたままですが、{ $at } に再び拒否されました
remark-public = 変更は適用されていますが、全員に公開される可能性があります: { $objections }
remark-still-denied = 変更は適用されていますが、呼び出しはまだ拒否されています
remark-still-denied-because = 変更は適用されていますが、呼び出しはまだ拒否されています: { $cause }
remark-not-verified = 確認できませんでした: { $why }
remark-not-verified-facts = 確認できませんでした: 情報が不足しています
remark-unverified = 未確認: すべてのポリシーが呼び出しを許可していますが、その後の成功はまだ見つかっていません
remark-unverified-success = 未確認: 呼び出しは { $at } に成功しました
remark-unverified-unseen = 未確認: { $why }
remark-succeeded = 呼び出しは { $at } に成功しました

## AWS 自身の検査が変更について指摘すること。`about` はアクセス許可などの名前、`why` は検査側の言葉です。

remark-objects = { $adviser }が { $about } について問題を指摘しています: { $why }
adviser-policy-validation = IAM Access Analyzer のポリシー検証
adviser-public-access = IAM Access Analyzer のパブリックアクセスチェック
adviser-simulator = IAM ポリシーシミュレーター

## 変更の適用や取り消しができなかった理由。`kind` は put_bucket_policy などのオペレーション名です。

why-at = アカウント { $account } の `{ $target }` への { $kind }: { $why }
why-changed-since-planned = 計画の作成後に変更されています: { $how }。計画し直してください
why-changed-meanwhile = 書き込みの直前に変更されました: { $how }。計画し直してください
why-not-there = 書き込んだ内容が反映されていません: { $how }
why-still-there = 取り除いた内容がまだ残っています
why-not-read-back = 読み戻せませんでした: { $why }
why-keeps-changing = ほかからの変更が続いています。しばらくしてからもう一度お試しください
why-held = 別の処理が `{ $resource }` をロックしています。しばらくしてからもう一度お試しください
why-lock-lost = `{ $resource }` のロックが期限切れになり、別の処理が取得しました
why-other-outcome = ステートメントを追加しても、計画どおりの内容になりません
why-left = 一部を取り消せませんでした

## ほかの人がドキュメントで変更した内容。上の `how` です。複数の場合は順に並べます。

difference-separator = {" / "}
difference-more = ほかに { $count } 件の違いがあります
difference-deleted = 削除されました
difference-made = 以前はなかったものが作成されました
difference-nothing = 存在しません
difference-rewritten = 書き直されました
difference-member-added = `{ $name }` が追加されました
difference-member-removed = `{ $name }` が削除されました
difference-member-changed = `{ $name }` が変更されました
difference-statement-added = ステートメント `{ $sid }` が追加されました
difference-statement-removed = ステートメント `{ $sid }` が削除されました
difference-statement-changed = ステートメント `{ $sid }` が変更されました
difference-statement-altered = ステートメント `{ $sid }` が書き込んだ内容と異なります
difference-unnamed-added = `Sid` のない `Statement[{ $index }]` が追加されました
difference-unnamed-removed = `Sid` のない `Statement[{ $index }]` が削除されました
difference-missing = `{ $names }` が書き込んだとおりに残っていません
