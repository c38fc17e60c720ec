# インシデントの状態と見出し。

state-detected = 検出済み
    .sentence = 拒否が検出されました。原因を調べています。
state-diagnosed = 診断済み
    .sentence = 判明し得る範囲で原因が判明しました。
state-awaiting-approval = 承認待ち
    .sentence = 所有者に確認を依頼しました。同意があるまで何も変更されません。
state-approved = 承認済み
    .sentence = 所有者が同意しました。これから変更を行います。
state-applying = 適用中
    .sentence = 変更を行っています。
state-applied = 適用済み
    .sentence = 変更が行われました。効果があったかどうかを確認しています。
state-verified = 確認済み
    .sentence = 呼び出しは再び成功しています。
state-no-change-needed = 変更不要
    .sentence = 拒否は正当であるか、呼び出しはすでに許可されています。何も変更されません。
state-manual = 手動対応
    .sentence = 人による変更が必要です。Locksmith では変更できないか、変更してはならないものです。
state-rejected = 却下
    .sentence = 所有者が変更を却下しました。何も変更されていません。
state-expired = 期限切れ
    .sentence = 期限内に回答がありませんでした。何も変更されていません。
state-suppressed = 抑制中
    .sentence = この拒否は当面通知されません。
state-failed = 失敗
    .sentence = 変更を行えなかったか、効果がありませんでした。担当者による確認が必要です。
state-rolled-back = ロールバック済み
    .sentence = 変更は取り消されました。以前の状態に戻っています。

## 見出し。

label-state = 状態
label-causes = 原因
label-principal = プリンシパル
label-resource = リソース
label-account = アカウント
label-denials = 拒否 { $count } 件
label-first-seen = 最初の拒否
label-last-seen = 最新の拒否
label-risk = リスク
label-scope = 範囲
label-proof = 証明
label-undo = 元に戻す方法
label-alternatives = その他の方法
label-manual = 手動で行うこと
label-confidence = 確実さ
