# 原因と変更のほかにレポートが示すもの。確認できなかった事項と、呼び出しがポリシーを通る経路の図です。

## 確認できなかった事項。層の名前の後、または単独で表示されます。英語ではエンジン自身の文を使います。

unknown-unread = 読み取れませんでした: { $why }
unknown-not-in-evidence = { $what } は読み取った情報に含まれていません
unknown-not-read-by-design = このサービスのリソースのポリシーは読み取りの対象外です
unknown-callers-account = 呼び出し元がどのアカウントに属するかが不明です
unknown-management-account = 組織を管理しているアカウントを読み取れませんでした
# `what` はここにあるほかの文の一つ、`why` は英語の技術的な詳細です。
unknown-because = { $what }: { $why }
unknown-session-policy = イベントにはセッションポリシーが含まれません。セッションの作成時に指定されていた場合、それが呼び出しを拒否しているか、許可していない可能性があります
unknown-block-public-access = ブロックパブリックアクセスがこのバケットを制限しているかどうかを読み取れませんでした
unknown-condition-key = イベントからは { $key } の値がわかりません
unknown-federated-session = フェデレーションセッションはセッションポリシーがなければ何も許可されませんが、イベントにはセッションポリシーが含まれません
unknown-statement = { $policy } のステートメント { $index } がこの呼び出しに適用されるかどうかが不明です
unknown-statement-unnamed = ステートメント { $index } がこの呼び出しに適用されるかどうかが不明です
unknown-grant = グラント { $policy } がこの呼び出しに適用されるかどうかが不明です
unknown-object-owner = オブジェクトの所有者、またはそのアクセスコントロールリスト (ACL) が誰を許可しているかを読み取れませんでした
unknown-listing = オブジェクトが存在せず、呼び出し元がバケットを一覧表示できるかどうかも不明です
unknown-requester-pays = バケットがリクエスタ支払いに設定されているかどうかを読み取れませんでした
unknown-requester-consent = バケットはリクエスタ支払いに設定されていますが、リクエストがそれに同意しているかどうかが不明です
unknown-encryption-types = バケットが拒否する暗号化タイプを読み取れませんでした
unknown-access-control-lists = バケットでアクセスコントロールリスト (ACL) が有効かどうかを読み取れませんでした
unknown-key-manager = キーが AWS マネージドキーかどうかを読み取れませんでした
unknown-key-state = キーの状態を読み取れませんでした
unknown-aws-s3-key = 呼び出し元のアカウントには aws/s3 キーがまだありません。初めて使うときに S3 が作成します
unknown-permission = 呼び出しに必要なアクセス許可が不明です

## AWS のメッセージの内容と、診断がそれと一致するかどうか。`blames` は最初の三つのいずれかです。

aws-blames-explicit = AWS によると、{ $layer }に明示的な拒否があります
aws-blames-implicit = AWS によると、{ $layer }に許可がありません
aws-blames = AWS によると、{ $layer }が原因です
aws-agrees = { $blames }。この診断も同じ結論です。
aws-unseen = { $blames }。ただし、それをここで確認することはできませんでした。
aws-disagrees = { $blames }。この診断の結論とは異なります。何かを変更する前に、もう一度確認してください。
aws-silent = このメッセージは、どのポリシーによる判定かを示していません。
aws-does-not-fit = このメッセージは、この診断と一致しません。何かを変更する前に、もう一度確認してください。

## 呼び出し元のアカウントがキーを信頼しているかどうか。`key-trust` は見出しです。

key-trust = キーへの信頼
key-trust-own-account = キーは呼び出し元自身のアカウントのものです
key-trust-explicitly-permitted = 呼び出し元のアカウントのポリシーまたはグラントがこのキーを指定しているため、そのアカウントはキーを信頼しています
key-trust-not-established = 呼び出し元のアカウントには、このキーを指定するポリシーもグラントもなく、キーを信頼すべきことを示すものがありません

## 人に任されることを誰ができるか。英語では計画自身の文を使います。

owner-account = { $account } の所有者
owner-resource = リソースの所有者
owner-organization = 組織の管理者
owner-session = セッションを作成する側
owner-boundary = { $account } でアクセス許可の境界を設定する人
owner-endpoint = VPC エンドポイントの所有者
owner-identity-center = IAM Identity Center の管理者
owner-caller = 呼び出し元
owner-nobody = 未定

## 図: 呼び出し元から各層を通ってリソースに至る線。点の下の名前は 1 行に 8 文字程度 (ラテン文字では
## 16 文字程度) まで。空白があれば 2 行にできます。

path-caller = 呼び出し元
path-key = キー
path-object = オブジェクト
path-bucket = バケット
path-role = ロール
path-resource = リソース
path-key-unknown = キー不明
path-side-caller = 呼び出し元のアカウント
path-side-organization = 組織
path-side-endpoint = ネットワーク
path-side-resource = リソースのアカウント

# 層の判定と、その働き。
path-allow = 許可
path-no-allow = 許可なし
path-deny = 明示的な拒否
path-blocks = ブロック

# リソース自体の問題。リソースの名前の下に表示されます。
path-at-key-disabled = 無効
path-at-key-pending-deletion = 削除待ち
path-at-key-unavailable = 使用不可
path-at-key-not-found = 存在しない
path-at-key-wrong-region = 別のリージョン
path-at-alias-in-callers-account = エイリアス
path-at-aws-managed-key-cross-account = AWS マネージド
path-at-object-missing = 存在しない
path-at-requester-pays-header-missing = リクエスタ支払い
path-at-sse-c-blocked = SSE-C を拒否

# 記号の意味。
path-legend-pass = 許可する
path-legend-stop = 許可せず、呼び出しを阻む
path-legend-deny = 明示的に拒否する
path-legend-open = 確認できなかった
path-legend-silent = 許可しないが、その必要もない
