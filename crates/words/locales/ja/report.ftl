# 原因と変更のほかにレポートが示すもの。確認できなかった事項と、呼び出しがポリシーを通る経路の図です。

## 確認できなかった事項。層の名前の後、または単独で表示されます。英語ではエンジン自身の文を使います。

unknown-unread = 読み取れませんでした: { $why }
unknown-session-policy = イベントにはセッションポリシーが含まれません。セッションの作成時に指定されていた場合、それが呼び出しを拒否しているか、許可していない可能性があります
unknown-block-public-access = ブロックパブリックアクセスがこのバケットを制限しているかどうかを読み取れませんでした
unknown-condition-key = イベントからは { $key } の値がわかりません
unknown-statement = { $policy } のステートメント { $index } がこの呼び出しに適用されるかどうかが不明です
unknown-object-owner = オブジェクトの所有者、またはそのアクセスコントロールリスト (ACL) が誰を許可しているかを読み取れませんでした
unknown-listing = オブジェクトが存在せず、呼び出し元がバケットを一覧表示できるかどうかも不明です
unknown-requester-pays = バケットがリクエスタ支払いかどうか、またリクエストがそれに同意しているかどうかを読み取れませんでした
unknown-encryption-types = バケットが拒否する暗号化タイプを読み取れませんでした
unknown-access-control-lists = バケットでアクセスコントロールリスト (ACL) が有効かどうかを読み取れませんでした
unknown-key-manager = キーが AWS マネージドキーかどうかを読み取れませんでした
unknown-key-state = キーの状態を読み取れませんでした
unknown-aws-s3-key = 呼び出し元のアカウントには aws/s3 キーがまだありません。初めて使うときに S3 が作成します
unknown-permission = 呼び出しに必要なアクセス許可が不明です

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
