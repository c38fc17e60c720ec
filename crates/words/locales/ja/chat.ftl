# チャットで読み、回答するテキスト。ダイアログのタイトルとボタンは 24 文字まで、メッセージのボタンは 75 文字まで。

## メッセージ。

chat-headline = { $resource } に対する { $operation } が拒否されました
chat-headline-early = { $resource } に対する{ $class }が拒否されました
chat-fallback = { $headline }: { $state }
chat-in-account = (アカウント { $account })
chat-for-account = (アカウント { $account })
chat-by-break-glass = 緊急承認 (break-glass): { $reason }
chat-more-causes = ほかに { $count } 件の原因があります。レポートをご覧ください。
chat-cut = ここから先は省略されています。全文はレポートとチケットにあります。
chat-label-remark = 備考
chat-label-change = 提案する変更
chat-label-ends = 変更の有効期限
chat-label-digest = ダイジェスト
chat-label-done = 適用した内容
chat-label-layers = 各ポリシー層の判定
chat-label-aws = AWS のメッセージ
chat-label-unknown = 確認できなかった事項
chat-label-approved = 承認者
chat-label-missing = 不足している承認
chat-label-answer-until = 回答の期限
chat-label-until = 期限
chat-ended-rejected = 却下した人
chat-ended-suppressed = 抑制した人
chat-ended-undo = 取り消しを求めた人
chat-missing = アカウント { $account }: { $quorum } 名中 { $given } 名が承認
chat-missing-nobody = アカウント { $account }: 設定に所有者が登録されていません
chat-link-ticket = チケット { $name }
chat-link-report = レポート
chat-incident = インシデント { $id }

## 変更の結果。

chat-step-planned = まだ書き込まれていません。
chat-step-writing = 書き込み中です。
chat-step-written = 適用しました。
chat-step-stood = 以前から存在していました。
chat-step-failed = 適用できませんでした:
chat-step-undoing = 取り消し中です。
chat-step-undone = 取り消しました。
chat-step-kept = ほかが依存しているため残しました。
chat-step-changed-by-others = ほかの人が変更したため残しました:
chat-step-stuck = 取り消せませんでした:

## ボタン。

chat-button-approve = 承認する
chat-button-reject = 却下する
chat-button-suppress = 抑制する: この拒否は正当です
chat-button-narrower = 範囲を狭める: { $scope }
chat-button-wider = 範囲を広げる: { $scope }
chat-button-details = すべて表示
chat-button-break-glass = 緊急承認する (break-glass)
chat-button-undo = 変更を取り消す
chat-button-decide = 確認して回答する
chat-confirm-approve-title = これらの変更を承認しますか?
chat-confirm-approve-text = 所有するアカウントについて、ここに表示されている変更そのものを承認します。変更は、すべての所有者が承認した後に適用されます。
chat-confirm-approve-yes = 承認する
chat-confirm-no = キャンセル
chat-confirm-scope-title = 計画し直しますか?
chat-confirm-scope-text = 次の範囲で変更を計画し直します: { $scope }。これまでの承認は無効になります。
chat-confirm-scope-yes = 計画し直す

## ダイアログ。

chat-dialog-reject-title = 変更を却下
chat-dialog-reject-submit = 却下する
chat-dialog-reject-text = 何も変更されず、呼び出しは拒否されたままになります。
chat-dialog-suppress-title = 拒否の抑制
chat-dialog-suppress-submit = 抑制する
chat-dialog-suppress-text = 拒否は正当であり、何も変更されません。選択した日まで、この拒否は誰にも通知されません。
chat-dialog-break-glass-title = 緊急承認
chat-dialog-break-glass-submit = 今すぐ承認する
chat-dialog-break-glass-text = 所有者の回答を待たずに、すべてのアカウントで直ちに変更が適用されます。承認したのがあなたであることと、その理由が全員に通知されます。
chat-dialog-undo-title = 変更の取り消し
chat-dialog-undo-submit = 変更を取り消す
chat-dialog-undo-text = 適用した変更を取り除き、呼び出しは以前のように拒否されることがあります。ほかのインシデントが依存しているものと、その後ほかの人が変更したものは残ります。
chat-dialog-details-title = すべての詳細
chat-dialog-told-title = Locksmith
chat-dialog-cancel = キャンセル
chat-dialog-close = 閉じる
chat-dialog-reason = 理由
chat-dialog-reason-hint = 決定とともに保存され、ほかの人にも表示されます。
chat-dialog-until = この日の終わりまで
chat-dialog-until-hint = 日の終わりは UTC で判断します。
chat-break-glass-note = 緊急時には、すべてのアカウントについて一度に変更を承認できます。その事実は全員に通知されます。

## 決定の結果。

chat-decided-counted = 承認を受け付けました。不足している承認: { $missing }。
chat-decided-now = 決定を受け付けました。インシデントの現在の状態: { $state }。
chat-decided-before = すでに決定済みのため、変更はありません。インシデントの状態: { $state }。
chat-failed-store = 現在、決定を記録できませんでした。しばらくしてからもう一度お試しください。
chat-failed-announce = 決定は記録されており、少し後に反映されます。操作は不要です。
chat-failed-late = 時間がかかりすぎたため、決定が記録されたかどうか確かではありません。しばらくしてからメッセージを確認し、変わっていなければもう一度クリックしてください。
chat-failed-groups = 所属グループをチャットから時間内に取得できませんでした。もう一度クリックしてください。
chat-failed-dialog = ダイアログを開けませんでした。もう一度クリックしてください。
chat-refused-gone = このインシデントはもう存在しません。
chat-refused-off = 承認は受け付けていません。設定で承認が無効になっています。
chat-refused-other-plan = 計画はすでに変更されています。現在のメッセージを確認し、改めて決定してください。
chat-refused-other-question = この依頼は終了したか、改めて依頼されています。現在のメッセージを確認し、改めて決定してください。
chat-refused-same-scope = すでにこの範囲で計画されています: { $scope }。
chat-refused-wrong-state = 現在、承認の依頼はありません。インシデントの状態: { $state }。
chat-refused-too-late = 承認の期限を過ぎています。計画し直し、改めて依頼する必要があります。
chat-refused-untouched = アカウント { $account } では何も変更されません。
chat-refused-other-way = { $person } さんが別の方法を承認しています。その方法を承認するか、計画を却下してください。
chat-refused-not-entitled = { $person } さんはアカウント { $account } について決定できません。所有者に依頼してください。
chat-refused-benefits = { $person } さんは { $principal } として操作しており、この変更によって許可されます。自分自身を許可する変更は承認できません。別の所有者に依頼してください。
chat-refused-other-changes = { $person } さんが承認したのは別の変更です。
chat-refused-stale = { $person } さんの承認 ({ $at }) は古すぎます。
chat-refused-incomplete = 理由が必要です。抑制する場合は、まだ過ぎていない日付も必要です。
chat-refused-unknown = あなたの ID ({ $user }) は設定に登録されていません。Locksmith の管理者に追加を依頼してください。
chat-refused-elsewhere = 別のワークスペースのメンバーです ({ $user })。ここで決定できるのは、このワークスペースのメンバーだけです。

## 依頼した人への通知。

chat-notice-reminder = { $number ->
        [1] 回答をお待ちしています。提案された変更をご確認ください。
       *[other] まだ回答をいただいていません ({ $number } 回目のお知らせ)。提案された変更をご確認ください。
    }
chat-notice-escalation = 所有者から長時間回答がありません。どなたかが回答するよう手配をお願いします。
chat-notice-break-glass = { $person } さんが、所有者の回答を待たずに緊急承認 (break-glass) で変更を承認しました。理由: { $reason }

## リンク先のページ。

chat-page-title = Locksmith
chat-page-as = { $person } さんとして決定します。
chat-link-over = このリンクは期限切れです。新しいメッセージをご確認ください。
chat-link-wrong = このリンクは途中で切れています。メッセージからリンク全体をコピーして、もう一度開いてください。
