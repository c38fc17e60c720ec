# 呼び出しが拒否された理由。

## ポリシーの層。`short` は場所が狭いところで使います。

layer-identity-policy = アイデンティティベースのポリシー
    .short = IAM ポリシー
layer-permissions-boundary = アクセス許可の境界
    .short = アクセス許可の境界
layer-session-policy = セッションポリシー
    .short = セッションポリシー
layer-scp = サービスコントロールポリシー
    .short = SCP
layer-rcp = リソースコントロールポリシー
    .short = RCP
layer-vpc-endpoint-policy = VPC エンドポイントポリシー
    .short = エンドポイントポリシー
layer-bucket-policy = バケットポリシー
    .short = バケットポリシー
layer-access-point-policy = アクセスポイントポリシー
    .short = アクセスポイントポリシー
layer-key-policy = キーポリシー
    .short = キーポリシー
layer-kms-grant = KMS グラント
    .short = KMS グラント
layer-trust-policy = 信頼ポリシー
    .short = 信頼ポリシー
layer-resource-policy = リソースベースのポリシー
    .short = リソースポリシー
layer-block-public-access = ブロックパブリックアクセス
    .short = ブロックパブリックアクセス
layer-object-ownership = オブジェクト所有者
    .short = オブジェクト所有者

## ポリシーを持つもの。下の文では `holder` です。

holder-identity-policy = 呼び出し元の IAM ポリシー
holder-identity-policy-named = 呼び出し元の IAM ポリシー「{ $policy }」
holder-permissions-boundary = { $target } のアクセス許可の境界
holder-session-policy = セッションポリシー
holder-scp = サービスコントロールポリシー「{ $target }」
holder-rcp = リソースコントロールポリシー「{ $target }」
holder-vpc-endpoint-policy = VPC エンドポイント { $target } のポリシー
holder-bucket-policy = バケット { $target } のポリシー
holder-access-point-policy = アクセスポイント { $target } のポリシー
holder-key-policy = キー { $target } のポリシー
holder-kms-grant = キー { $target } のグラント
holder-trust-policy = ロール { $target } の信頼ポリシー
holder-resource-policy = { $target } のポリシー
holder-block-public-access = { $target } のブロックパブリックアクセス設定
holder-object-ownership = { $target } のオブジェクト所有者設定

## 下の文の部品。

account-known = アカウント { $id }
account-unknown = 不明なアカウント
statement-named = ステートメント「{ $sid }」
statement-numbered = ステートメント「Statement[{ $index }]」
statement-some = あるステートメント
missed-condition = { $key } ({ $operator }) の期待値: { $expected }、実際の値: { $found }
missed-separator = {" / "}
missed-nothing = どの部分かは不明です
value-absent = なし
value-unknown = 不明
value-other-than = { $values } 以外
# 呼び出し元。
caller-role = 呼び出し元 (ロール { $name }){" "}
caller-user = 呼び出し元 (ユーザー { $name }){" "}
caller-other = 呼び出し元 ({ $name }){" "}
caller-unknown = 呼び出し元
# 対象を伴うアクセス許可。
permission-alone = {" "}{ $action }
permission-on = {" "}{ $resource } に対する { $action }
permission-on-bucket = バケット { $resource } に対する { $action }
permission-on-key = キー { $resource } に対する { $action }
permission-on-role = ロール { $resource } に対する { $action }

## 層が許可しない、または拒否する場合。`title` は一覧用です。

cause-missing-allow = { $holder }に、{ $caller }に{ $permission } を許可するステートメントがありません。
    .title = { $action } の許可なし: { $layer }
cause-missing-allow-identity-policy = { $caller }のどの IAM ポリシーも{ $permission } を許可していません。
cause-missing-allow-scp = { $target } にアタッチされたどのサービスコントロールポリシーも{ $permission } を許可していません。
cause-missing-allow-session-policy = AWS によると、セッションポリシーが{ $permission } を許可していません。このポリシーはロールではなくセッションの一部です。セッションを作成する側が範囲を広げる必要があります。
cause-missing-allow-key-at-home = キー { $target } のポリシーの内容にかかわらず、{ $action } は呼び出し元自身のアカウントのキーでのみ機能します。
cause-explicit-deny = { $holder }の{ $statement }が、{ $caller }による{ $permission } を明示的に拒否しています。拒否はすべての許可に優先するため、所有者が変更する必要があります。
    .title = { $action } の明示的な拒否: { $layer }
cause-explicit-deny-unseen = AWS によると、{ $holder }が{ $permission } を拒否しています。変更できるのはセッションを作成した側だけです。
cause-condition-not-met = { $holder }の{ $statement }は、{ $caller }に{ $permission } を許可するはずですが、条件が満たされていません: { $missed }。
    .title = { $action } の条件が不成立: { $layer }
cause-dangling-principal = { $holder }の{ $statement }は、削除されたプリンシパルを指定しています。その ID が呼び出し元のものであれば{ $permission } は許可されます。作り直されたロールやユーザーには新しい ID が付くため、改めて指定してください。
    .title = { $action } のプリンシパルが削除済み: { $layer }

## 単独の原因。

cause-no-account-delegation = キー { $target } のポリシーでは IAM ポリシー ({ $account }) が有効になっておらず、{ $caller }に { $action } を許可するステートメントもありません。
    .title = { $action }: キーポリシーで IAM ポリシーが無効
cause-grant-constraint-not-met = グラントは{ $caller }に{ $permission } を許可していますが、この呼び出しとは別の暗号化コンテキストの場合に限られます。
    .title = { $action }: グラントの暗号化コンテキストが不一致
cause-aws-managed-key-cross-account = オブジェクトは AWS マネージドキー ({ $account }) で暗号化されています。そのポリシーは変更できず、別のアカウントでは使えません。カスタマーマネージドキーでオブジェクトを暗号化し直してください。
    .title = 別のアカウントの AWS マネージドキー
cause-key-disabled = キー { $target } は無効になっています。有効にするか、別のキーで暗号化してください。
    .title = KMS キーが無効
cause-key-pending-deletion = キー { $target } は削除待ちです。データがまだ必要な場合は削除をキャンセルしてください。削除後は誰も読み取れなくなります。
    .title = KMS キーが削除待ち
cause-key-unavailable = キー { $target } は現在使用できません。キーマテリアルがないか、作成中または移動中です。
    .title = KMS キーが現在使用不可
cause-key-not-found = キー { $target } は存在しません。
    .title = KMS キーが存在しない
cause-key-wrong-region = キー { $target } はバケットとは別のリージョンにあります。S3 はバケットと同じリージョンのキーだけを使います。
    .title = KMS キーが別のリージョンにある
cause-alias-in-callers-account = バケット { $target } のデフォルトの暗号化は、キーをエイリアスまたは ID だけで指定しています。S3 はそれをアップロードする側のアカウントで検索しますが、そこには存在しません。キーを ARN で指定してください。
    .title = デフォルトの暗号化がエイリアスを指定
cause-restrict-public-buckets = バケット { $target } のポリシーはパブリックとみなされ、ブロックパブリックアクセス (RestrictPublicBuckets) が別のアカウントからの呼び出しをすべて拒否します (バケットの所有者: { $account })。全員に公開されているステートメントの範囲を狭めてください。
    .title = ブロックパブリックアクセスが別のアカウントを拒否
cause-foreign-owner = オブジェクト { $target } はバケットとは別のアカウントが所有しているため、バケットポリシーが適用されません。バケット所有者としてオブジェクトをコピーするか、バケットを BucketOwnerEnforced に設定してください。
    .title = オブジェクトの所有者が別のアカウント
cause-object-missing = オブジェクト { $target } は存在しません。{ $caller }にバケットを一覧表示するアクセス許可がないため、S3 は NotFound の代わりに AccessDenied を返します。
    .title = オブジェクトが存在しない
cause-requester-pays-header-missing = バケットはリクエスタ支払いに設定されていますが、リクエストはそれに同意していません。x-amz-request-payer: requester ヘッダーを送信してください。
    .title = リクエストがリクエスタ支払いに同意していない
cause-sse-c-blocked = バケット { $target } は、お客様が用意したキー (SSE-C) で暗号化されたアップロードを拒否します。該当するヘッダーを付けずにアップロードしてください。
    .title = バケットが SSE-C を拒否
cause-acl-disabled = バケット { $target } ではアクセスコントロールリスト (ACL) が無効になっていますが、リクエストは ACL を設定しています。ACL を付けないか、bucket-owner-full-control を付けてアップロードしてください。
    .title = バケットの ACL が無効
cause-unexplained = 読み取れたすべてのポリシーが { $action } を許可しています。
    .title = 原因が見つからない

## 診断の結果。

verdict-denied = 拒否
verdict-allowed = 許可
verdict-unknown = 不明
answer-allowed = 許可
answer-denied = 拒否
answer-explicitly-denied = 明示的な拒否
answer-unknown = 不明
outcome-allow = 許可
outcome-no-allow = 許可なし
outcome-explicit-deny = 明示的な拒否
outcome-not-applicable = 対象外
outcome-unknown = 不明
confidence-certain = 確実: 重要な情報に欠けはありません
confidence-likely = 可能性が高い: 影響し得る情報の一部を確認できませんでした
confidence-open = 未確定: 決め手となる情報を確認できませんでした
