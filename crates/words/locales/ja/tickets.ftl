# チケットに書かれる内容です。

ticket-title = { $principal } による { $resource } への { $operation } が拒否されました
ticket-title-early = { $principal } による { $resource } に対する{ $class }が拒否されました
ticket-state = { $state }。{ $sentence }
ticket-report = レポート全文
ticket-shortened = この文章は、ここに収まる長さに短縮されています。全文はレポートにあります。
ticket-more = ほか { $count } 件

## Labels of facts.

ticket-incident = インシデント
ticket-principal-account = 呼び出し元のアカウント
ticket-resource-account = リソースのアカウント
ticket-operation = オペレーション
ticket-prefix = フォルダ
ticket-key = KMS キー
ticket-denials = 拒否の回数
ticket-openings = 発生した回数
ticket-event = CloudTrail イベント
ticket-event-time = イベントの時刻
ticket-caller = イベント内の呼び出し元
ticket-called-on = 呼び出しの対象
ticket-region = リージョン
ticket-error-code = エラーコード
ticket-aws-message = AWS のメッセージ
ticket-verdict = 判定

## Causes and evidence.

ticket-in-account = アカウント { $account }: { $text }
ticket-no-diagnosis = 原因を調査しています。
ticket-evidence = 根拠
ticket-unknowns = 確認できなかった事項が { $count } 件あります。詳細はレポートにあります。

## The plan.

ticket-changes = 提案する変更
ticket-reach = 範囲: { $scope }。変更のダイジェスト: { $digest }
ticket-expires = この変更は { $at } に効力を失います。
ticket-change = { $change }{ $why } リスク: { $risk }。
ticket-partly = この変更だけでは不十分です。手動での対応も必要です。
ticket-by-hand = アカウント { $account }、{ $target }: { $what }
ticket-undo = 所有者はチャットまたはページの「変更を取り消す」で { $count } 件の変更を最後のものから順に取り消せます。内容は次のとおりです。
ticket-inverse = { $target }: { $inverse }

## What was done.

ticket-done = 適用した内容
ticket-step = { $at }、{ $status }: { $change }
ticket-step-planned = 未着手
ticket-step-writing = 書き込み中
ticket-step-written = 書き込みと読み戻しが完了
ticket-step-stood = 以前から存在
ticket-step-failed = 適用できず ({ $why })
ticket-step-undoing = 取り消し中
ticket-step-undone = 取り消し済み
ticket-step-kept = ほかが依存しているため維持
ticket-step-changed = ほかの人が変更したため維持 ({ $why })
ticket-step-stuck = 取り消しできず ({ $why })

## Approvals.

ticket-approvals = 承認
ticket-approved = { $person } さんがアカウント { $account } について { $at } に承認しました。
ticket-broke-glass = { $person } さんがアカウント { $account } について { $at } に緊急承認 (break-glass) で承認しました。理由: { $reason }
ticket-missing = アカウント { $account }: { $quorum } 名中 { $given } 名が承認しています。
ticket-nobody-may = アカウント { $account }: 変更を承認できる人がいません。
ticket-asked-until = 回答の期限は { $at } です。
ticket-rejected = { $person } さんが { $at } に変更を却下しました。理由: { $reason }
ticket-suppressed = { $person } さんが { $at } に、この拒否を { $until } まで抑制しました。理由: { $reason }
ticket-wants-undo = { $person } さんが { $at } に変更の取り消しを求めました。理由: { $reason }

## Comments.

ticket-came-back = 拒否が再発しました。{ $count } 回目の発生です。直近の拒否は { $at } です。
