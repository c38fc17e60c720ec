# チケットに書かれる内容です。

ticket-title = { $principal } による { $resource } への { $operation } が拒否されました
ticket-label = { $label }：
ticket-state = { $state }。{ $sentence }
ticket-report = レポート全文
ticket-shortened = この文章は、ここに収まる長さに短縮されています。全文はレポートにあります。
ticket-more = ほか { $count } 件

## Labels of facts.

ticket-incident = インシデント
ticket-principal-account = プリンシパルのアカウント
ticket-resource-account = リソースのアカウント
ticket-operation = オペレーション
ticket-prefix = フォルダ
ticket-key = KMS キー
ticket-denials = 拒否の回数
ticket-openings = オープンした回数
ticket-event = CloudTrail イベント
ticket-event-time = イベントの時刻
ticket-caller = イベント内の呼び出し元
ticket-called-on = 呼び出しの対象
ticket-region = リージョン
ticket-error-code = エラーコード
ticket-aws-message = AWS のメッセージ
ticket-verdict = 判定

## Causes and evidence.

ticket-in-account = アカウント { $account }：{ $text }
ticket-no-diagnosis = 原因を調査しています。
ticket-evidence = 根拠
ticket-unknowns = 確認できなかった事実が { $count } 件あります。詳細はレポートにあります。

## The plan.

ticket-changes = 提案する変更
ticket-reach = 範囲：{ $scope }。変更のダイジェスト：{ $digest }
ticket-expires = この変更は { $at } に効力を失います。
ticket-change = { $change }{ $why } リスク：{ $risk }。
ticket-partly = この変更だけでは不十分です。手動での対応も必要です。
ticket-by-hand = アカウント { $account }、{ $target }：{ $what }
ticket-undo = このインシデントのプランとジャーナルを使い、次のコマンドで { $count } 件の変更を最後のものから順に取り消します。
ticket-inverse = { $target }：{ $inverse }

## What was done.

ticket-done = 実施した内容
ticket-step = { $at }、{ $status }：{ $change }
ticket-step-planned = 未着手
ticket-step-writing = 書き込み中
ticket-step-written = 書き込みと読み戻しが完了
ticket-step-stood = 以前から存在
ticket-step-failed = 実施できず（{ $why }）
ticket-step-undoing = 取り消し中
ticket-step-undone = 取り消し済み
ticket-step-kept = ほかから利用されているため維持
ticket-step-changed = ほかの人が変更したためそのまま維持（{ $why }）
ticket-step-stuck = 取り消しできず（{ $why }）

## Approvals.

ticket-approvals = 承認
ticket-approved = { $person } さんがアカウント { $account } について { $at } に承認しました。
ticket-broke-glass = { $person } さんがアカウント { $account } について { $at } にブレークグラス（緊急時手順）で承認しました。理由：{ $reason }
ticket-missing = アカウント { $account }：必要な承認 { $quorum } 件のうち { $given } 件が得られています。
ticket-nobody-may = アカウント { $account }：変更を承認できる人がいません。
ticket-asked-until = 回答の期限は { $at } です。
ticket-rejected = { $person } さんが { $at } に却下しました。理由：{ $reason }
ticket-suppressed = { $person } さんが { $at } に、{ $until } まで通知を抑止しました。理由：{ $reason }

## Comments.

ticket-came-back = 拒否が再発しました。{ $count } 回目のオープンです。直近の拒否は { $at } です。
