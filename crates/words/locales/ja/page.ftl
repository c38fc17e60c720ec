# `locksmith serve` のページ。

## What stands around every page.

page-skip = 本文へ移動
page-navigation = メイン
page-incidents = インシデント
page-language = 言語
page-you-are = { $person } さんとしてログイン中です。
page-act-as = 操作する人
page-log-out = ログアウト
page-place-folder = アカウントは { $folder } 内のファイルです。承認した内容はそこだけで変更されます。
page-place-demo = デモ: 2 つのアカウントは { $folder } 内のファイルです。2 人の所有者の承認が必要で、どちらとしても操作できます。

## Pages that say one thing.

page-to-incidents = インシデントへ進む
page-welcome = ログインしました。
    .title = ようこそ
page-log-in = Locksmith のターミナルに表示されたリンクを開いてください。リンクは一度だけ使えます。前のリンクが使用済みの場合は、新しいリンクがターミナルに表示されています。ログイン済みで別のサイトから来た場合は、下から進んでください。
    .title = ログイン
page-nobody = ログイン情報に該当する人が Locksmith の設定にありません。Locksmith の管理者にお問い合わせください。
    .title = 登録されていません
page-left = ログアウトしました。
    .title = ログアウト
page-stale = このフォームは、終了したセッションまたは別のセッションのものです。何も行われていません。インシデントを開き直して、もう一度お試しください。
    .title = 古いフォーム
page-not-found = このページは存在しないか、インシデントはすでに保存されていません。
    .title = 見つかりません
page-failed = 現在、ストアの読み取りまたは書き込みができませんでした。確認済みの内容は失われていません。もう一度お試しください。
    .title = もう一度お試しください

## Lists.

page-state = 状態
page-every-state = すべての状態
page-show = 表示
page-none = 拒否はまだ検出されていません。
page-none-of = この状態のインシデントはありません。
page-all-of = すべて表示: { $state }
page-list-title = インシデント: { $state }
page-pages = 一覧のページ
page-first = 最初のページ
page-next = 次のページ
page-what = 呼び出し元と対象
page-why = 原因
page-count = 拒否回数
page-last-seen = 最終検出

## An incident: what was denied, and why.

page-headline = { $who } による { $what } への { $operation } が拒否されました
page-headline-early = { $who } による { $what } への呼び出しが拒否されました
page-caller = 呼び出し元
page-resource = リソース
page-denials = 拒否
page-denials-since = { $count } 件、最初:
page-lately = 最新:
page-why-denied = 拒否の原因
page-not-diagnosed = アカウントのポリシーを読み取っています。
page-no-causes = 読み取れたポリシーの中に、呼び出しを阻むものはありません。
page-fix-automatic = Locksmith が変更を提案できます
page-fix-manual = 人による決定が必要です
page-fix-none = 変更するものはありません
page-expected = 期待値
page-found = 実際の値
page-unknowns = 確認できなかった事項: { $count } 件

## What is proposed.

page-change = 提案する変更
page-change-part = 必要な変更の一部
page-change-made = 適用された変更
page-change-undone = 取り消された変更
page-by-hand = 手動で行うこと
page-other-ways = 別の方法
page-scope = 範囲
page-ends = 変更の有効期限
page-risk = リスク
page-difference = ドキュメントの変更箇所
page-digest = この変更内容のダイジェスト:

## What owners are asked.

page-decision = 決定
page-now = 現在
page-asked-until = 回答期限:
page-approvals-missing = { $quorum } 名中 { $given } 名が承認
page-approvals-given = 承認済み
page-approved-at = 承認:
page-not-yet = 未回答
page-approve = この変更を承認する
page-approve-binds = ここに表示された変更だけを、あなたが所有する各アカウントについて承認します。すべての所有者が承認すると、変更が適用されます。
page-approve-way = 代わりにこの方法を承認する
page-reject = 却下する…
page-reject-now = 変更を却下する
page-suppress = 抑制する: この拒否は正当です…
page-suppress-means = 何も変更されません。この日が過ぎるまで、再び承認を依頼することはありません。
page-suppress-now = 拒否を抑制する
page-until = 期限:
page-rescope = 別の範囲…
page-rescope-now = 計画し直す
page-break-glass = 緊急承認 (break-glass): 単独で承認する…
page-break-glass-means = 所有者の回答を待たずに変更が適用されます。理由とともに全員に通知されます。
page-break-glass-now = 緊急承認する
page-reason = 理由
page-not-yours = { $person } さんはこれらのアカウントの所有者ではないため、所有者が決定します。
page-form-approve = 承認
page-form-way = 別の方法を承認
page-form-reject = 却下
page-form-suppress = 拒否を抑制する
page-form-rescope = 別の範囲
page-form-break-glass = 緊急承認

## What can be done beside deciding.

page-since = 開始:
page-look-again = 次の確認:
page-reload = ページを再読み込み
page-call-again = もう一度呼び出す
page-call-again-means = 拒否された呼び出しをもう一度行います。ファイル内のポリシーが AWS と同じように判定します。
page-undo = 変更を取り消す…
page-undo-now = 変更を取り消す

## The answer, and the path of the call.

page-matrix = すべてのアクセス許可とポリシー
page-permission = 必要な許可
page-answer = 判定
page-path = 呼び出しの経路

## What happened.

page-history = 経過
page-incident = インシデント
page-first-seen = 最初の拒否
page-opened = インシデントの発生
page-seen = 最新の拒否 (計 { $count } 件)
page-openings = 計 { $count } 回発生
page-gave-approval = { $person } さんが承認しました
page-gave-approval-for = { $person } さんがアカウント { $account } について承認しました
page-broke-glass = { $person } さんが緊急承認しました
page-did-rescope = { $person } さんが別の範囲を求めました: { $scope }
page-did-reject = { $person } さんが変更を却下しました
page-did-suppress = { $person } さんが拒否を抑制しました
page-did-undo = { $person } さんが変更の取り消しを求めました
page-step-planned = 予定:
page-step-writing = 書き込み中:
page-step-written = 適用済み:
page-step-stood = 以前から存在:
page-step-failed = 適用できず:
page-step-undoing = 取り消し中:
page-step-undone = 取り消し済み:
page-step-kept = ほかが依存しているため維持:
page-step-changed-by-others = ほかの人が変更したため維持:
page-step-stuck = 取り消しできず:

## What was done just now.

page-done-counted = 承認を受け付けました。ほかの承認がまだ必要です。
page-done-approved = すべての所有者が承認し、変更の適用を開始しました。結果は下に表示されます。
page-done-rejected = 変更を却下しました。何も変更されていません。
page-done-suppressed = 拒否を抑制しました。呼び出しは拒否されたままで、その日まで再び承認を依頼することはありません。
page-done-rescoped = 変更を計画し直します。
page-done-before = すでに決定済みです。二重には行われていません。
page-done-undone = 変更を取り消しました。
page-done-underway = 現在処理中です。しばらくしてから再読み込みしてください。
page-done-looked = 状態は変わりません。アカウントの現状は下に表示されます。
page-done-succeeded = 呼び出しをもう一度行い、成功しました。
page-done-denied = 呼び出しをもう一度行いましたが、拒否されました。
page-done-unknown = 判定に必要な情報が足りないため、呼び出しが成功するかどうか判断できません。

## Why something was not done.

page-refused-form = フォームを読み取れませんでした。何も行われていません。現在のインシデントを確認して、改めて決定してください。
page-refused-gone = このインシデントはすでに保存されていません。
page-refused-off = ここでは承認できません。設定の approval.enabled が true ではありません。
page-refused-other-plan = 表示後に計画が変わりました。何も行われていません。現在の計画を確認して、改めて決定してください。
page-refused-other-question = 表示後に改めて承認が依頼されました。何も行われていません。現在の内容を確認して、改めて決定してください。
page-refused-same-scope = すでにこの範囲で計画されています。
page-refused-wrong-state = インシデントは現在「{ $state }」の状態です。承認の依頼はありません。
page-refused-too-late = 承認の期限を過ぎています。計画し直し、改めて依頼する必要があります。
page-refused-untouched = アカウント { $account } では何も変更されません。
page-refused-other-way = { $person } さんが別の方法を承認しています。その方法を承認するか、変更を却下してください。
page-refused-not-entitled = アカウント { $account } の変更を承認する権限がありません。所有者が決定します。
page-refused-benefits = 変更によってアクセスできるようになる { $principal } はあなた自身です。自分に許可を与える変更は承認できません。別の所有者に依頼してください。
page-refused-incomplete = 理由と、まだ過ぎていない日付が必要です。
page-refused-undo = 変更を取り消せるのは、変更が適用されたアカウントの所有者だけです。
