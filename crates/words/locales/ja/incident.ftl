# インシデントの状態と見出し。

state-detected = 検出済み
    .sentence = 拒否が検出されました。原因を調べています。
state-diagnosed = 診断済み
    .sentence = 判明し得る範囲で原因が判明しました。
state-awaiting-approval = 承認待ち
    .sentence = 所有者に承認を依頼しました。承認されるまで何も変更されません。
state-approved = 承認済み
    .sentence = 所有者が承認しました。これから変更を適用します。
state-applying = 適用中
    .sentence = 変更を適用しています。
state-applied = 適用済み
    .sentence = 変更が適用されました。効果があったかどうかを確認しています。
state-verified = 確認済み
    .sentence = 呼び出しは再び成功しています。
state-no-change-needed = 変更不要
    .sentence = 拒否は正当であるか、呼び出しはすでに許可されています。何も変更されません。
state-manual = 手動対応
    .sentence = 人による変更が必要です。Locksmith では変更できないか、変更してはならないものです。
state-rejected = 却下
    .sentence = 所有者が変更を却下しました。何も変更されていません。
state-expired = 期限切れ
    .sentence = 期限内に回答がありませんでした。何も変更されていません。後で呼び出しがまた拒否された場合は、所有者に改めて承認を依頼します。
state-suppressed = 抑制中
    .sentence = この拒否は抑制されており、当面は誰にも通知されません。
state-failed = 失敗
    .sentence = 変更を適用できなかったか、効果がありませんでした。担当者による確認が必要です。
state-rolled-back = 取り消し済み
    .sentence = 変更は取り消されました。以前の状態に戻っています。

## 拒否された呼び出しの種類。文の中でも見出しでも使います。

class-read = オブジェクトの読み取り
class-write = オブジェクトの書き込み
class-delete = オブジェクトの削除
class-list = 一覧の取得
class-configure = 設定の読み取りまたは変更
class-assume = ロールの引き受け
class-decrypt = 復号
class-encrypt = 暗号化

## 見出し。

label-state = 状態
label-causes = 原因
label-principal = 呼び出し元
label-resource = リソース
label-account = アカウント
label-denials = 拒否 { $count } 件
label-first-seen = 最初の拒否
label-last-seen = 最新の拒否
label-risk = リスク
label-scope = 範囲
label-proof = 証明
label-undo = 変更を取り消す方法
label-alternatives = 別の方法
label-manual = 手動で行うこと
label-confidence = 確実さ
# 値の前に置く見出し。
label-before = { $label }:{" "}
