# 計画による変更、その証明、人が行うこと。

## リスクと範囲。

risk-low = 低
    .sentence = 呼び出し元が拒否された操作を許可されるだけで、ほかには影響しません。
risk-medium = 中
    .sentence = この呼び出し以外のことも可能になるか、共有のドキュメントが書き換えられます。
risk-high = 高
    .sentence = はるかに多くのことが可能になるか、誤りを取り消すことが難しくなります。
scope-object = このオブジェクトのみ
scope-prefix = このオブジェクトのフォルダとその配下すべて
scope-bucket = バケットのすべてのオブジェクト

## 変更の内容。

change-put-bucket-policy = アカウント { $account } のバケット { $name } のポリシーにステートメントを { $count } 件追加します。
change-put-bucket-policy-new = アカウント { $account } のバケット { $name } にはポリシーがないため、新しく作成します。
change-put-access-point-policy = アカウント { $account } のアクセスポイント { $name } のポリシーにステートメントを { $count } 件追加します。
change-put-access-point-policy-new = アカウント { $account } のアクセスポイント { $name } にはポリシーがないため、新しく作成します。
change-put-key-policy = アカウント { $account } のキー { $name } のポリシーにステートメントを { $count } 件追加します。
change-create-grant = アカウント { $account } のキー { $name } にグラントを作成します。
change-put-bucket-encryption = アカウント { $account } のバケット { $name } のデフォルトの暗号化を設定します。
change-put-trust-policy = アカウント { $account } のロール { $name } の信頼ポリシーにステートメントを { $count } 件追加します。
change-put-role-policy = アカウント { $account } のロール { $name } にインラインポリシー { $policy } を付与します。
change-put-user-policy = アカウント { $account } のユーザー { $name } にインラインポリシー { $policy } を付与します。

## 変更が必要な理由と許可される内容。

principal-role = アカウント { $account } のロール { $name }
principal-user = アカウント { $account } のユーザー { $name }
why-put-bucket-policy = { $who } に、{ $resources } に対する { $actions } を許可します。
why-put-access-point-policy = { $who } に、このアクセスポイント経由での { $resources } に対する { $actions } を許可します。
why-put-key-policy = { $who } に、このキーでの { $actions } を許可します。
why-create-grant = { $who } に、このキーでの { $actions } を許可します。
why-put-bucket-encryption = バケットのデフォルトのキーを、アップロードする側のアカウントで S3 が検索する { $before } の代わりに、ARN { $after } で指定します。今後書き込むすべての人に適用され、既存のオブジェクトはそのままです。
why-put-trust-policy = { $who } に { $actions } を許可します。以後、このロールで可能なことはすべて可能になります。
why-put-role-policy = { $who } に、{ $resources } に対する { $actions } を許可します。
why-put-user-policy = { $who } に、{ $resources } に対する { $actions } を許可します。
why-through-service = { $service } を経由する場合にのみ有効です。
why-through-point = アクセスポイント { $name } を経由する場合にのみ有効です。
why-for-context = { $context } に対してのみ有効です。
why-limit-near = ドキュメントは AWS の上限 { $limit } 文字のうち { $used } 文字になります。残りはわずかです。
why-made-by-cloudformation = このリソースは CloudFormation (スタック { $what }) が作成したもので、次回の実行時に変更が元に戻されます。テンプレートにも反映してください。
why-made-by-terraform = このリソースは Terraform ({ $what }) が作成したもので、次回の実行時に変更が元に戻されます。設定にも反映してください。
list-separator = 、
sentence-separator = {""}

## 変更を取り消す方法。

inverse-put-role-policy = ロールのインラインポリシー { $policy } を削除します。
inverse-put-user-policy = ユーザーのインラインポリシー { $policy } を削除します。
inverse-create-grant = { $grant } という名前のグラントを取り消します。
inverse-put-bucket-encryption = デフォルトの暗号化を以前の設定に戻します。
inverse-made-policy = ポリシーを削除します。ほかの人が追記している場合は { $sids } だけを取り除きます。
inverse-shared-policy = ポリシーから { $sids } を取り除きます。

## 別の方法。

alternative-grant = キーポリシーのステートメントの代わりにグラントを使います。ポリシーはそのままで、1 回の呼び出しで取り消せます。グラントはポリシーより目立たず、kms:ViaService を指定できず、自動的には終了しません。
alternative-resource-policy = 呼び出し元自身の IAM ポリシーの代わりに、リソースのポリシーが呼び出し元を指定します。許可はデータのある場所で確認でき、呼び出し元のアカウントの管理者の操作に左右されなくなります。
alternative-widened = 手動: 必要であれば、キーポリシーの{ $statement }の Principal に呼び出し元の ARN を追加します。その場合、呼び出し元は、キーで暗号化されたすべてのものに対して、そのステートメントのすべてのアクションを直接の呼び出しも含めて許可されます。
alternative-delegated = 手動: 必要であれば、{ $root } に kms:* を許可するステートメントをキーポリシーに追加します。その場合、管理者のものも含めて、アカウントのすべての IAM ポリシーがこのキーに対して有効になります。

## 証明。

proof-verdicts = 変更前: { $before }。変更後: { $after }。
proof-none-compared = 誰のアクセス許可も変わらないため、ほかの比較は行っていません。
proof-none-opened = ほかの { $checked } 件のリクエストの結果は変わりません。
proof-some-opened = ほかの { $checked } 件のリクエストのうち、結果が変わるものがあります。

## 原因ごとに人が行うこと。

manual-missing-allow = Locksmith はこの変更を自動では行いません。アクセスが必要な場合は、{ $holder }で、所有者が手動で許可してください。
manual-missing-allow-scp = 組織として必要な場合は、組織の管理者が { $target } にアタッチされたサービスコントロールポリシーで許可してください。Locksmith は組織のポリシーを変更しません。
manual-missing-allow-permissions-boundary = 可能にすべき操作であれば、{ $target } のアクセス許可の境界で許可してください。Locksmith は境界を変更しません。
manual-missing-allow-vpc-endpoint-policy = VPC エンドポイント { $target } のポリシーで許可するか、エンドポイントを経由せずに呼び出してください。
manual-session-policy = セッションの作成時に渡すポリシー (AssumeRole の Policy または PolicyArns) で許可してください。これはセッションの一部であり、アカウント内のどこにも保存されていません。
manual-explicit-deny = { $holder }の{ $statement }がこの呼び出しを止める意図のものかどうかを判断してください。そうでない場合は、範囲を狭めるか例外を追加してください。拒否はすべての許可に優先するため、ほかの方法では解決せず、Locksmith がそれを回避するものを追加することもありません。
manual-condition-not-met = この呼び出しをそのまま許可すべきであれば、{ $holder }の{ $statement }の条件を満たすか、条件を変更してください。
manual-dangling-principal = { $holder }が指定しているプリンシパルは削除されています。アクセスが必要な場合は、所有者が新しいロールまたはユーザーを指定してください。
manual-no-account-delegation = アクセスが必要な場合は、キー { $target } のポリシーに呼び出し元のステートメントを追加してください。
manual-grant-constraint-not-met = アクセスが必要な場合は、キーポリシーに呼び出し元のステートメントを追加してください。キー { $target } のグラントは別の暗号化コンテキストでのみ有効です。
manual-aws-managed-key-cross-account = カスタマーマネージドキーを作成してバケットのデフォルトに設定し、そのキーでオブジェクトを暗号化し直してください (オブジェクトを自身にコピーします)。AWS マネージドキーのポリシーは変更できません。
manual-key-disabled = 意図的に無効にしたものでなければ、キー { $target } を有効にしてください (aws kms enable-key)。
manual-key-pending-deletion = このキーで暗号化されたデータがまだ必要な場合は、キー { $target } の削除を直ちにキャンセルしてください (aws kms cancel-key-deletion、続いて enable-key)。待機期間が過ぎるとデータは失われます。
manual-key-unavailable = キー { $target } のキーマテリアルを復旧するか (インポートまたはキーストアの接続)、別のキーで暗号化してください。
manual-key-not-found = リクエストまたはバケットのデフォルトの暗号化で指定されているキー ID を修正してください。削除されたキーで暗号化されたデータは失われています。
manual-key-wrong-region = バケットと同じリージョンのキーを使い、リクエストまたはバケットのデフォルトの暗号化で指定してください。
manual-alias-in-callers-account = バケット { $target } のデフォルトの暗号化で、キーを ARN で指定してください。バケットのアカウントにはこのエイリアスのキーがないため、どのキーを指しているかは判断できません。
manual-restrict-public-buckets = バケット { $target } のポリシーがパブリックでなくなるように、全員に公開されているステートメントの範囲を狭めてください。ブロックパブリックアクセスは無効にしないでください。
manual-foreign-owner = バケット所有者としてオブジェクトをコピーするか、バケットのオブジェクト所有者を BucketOwnerEnforced に設定してください。設定後はバケット所有者がすべてのオブジェクトを所有します。
manual-object-missing = オブジェクトの名前を確認してください。{ $target } という名前のオブジェクトはありません。アクセス許可は不足していません。
manual-requester-pays-header-missing = 呼び出しに x-amz-request-payer: requester ヘッダーを付けてください。料金は呼び出し元のアカウントが支払います。
manual-sse-c-blocked = 独自のキー (SSE-C) を使わずにアップロードし、暗号化はバケットのデフォルトの暗号化に任せてください。
manual-acl-disabled = アクセスコントロールリストを付けないか、bucket-owner-full-control を付けてアップロードしてください。
manual-unexplained = 読み取れたすべてのポリシーが呼び出しを許可しています。もう一度呼び出し、それでも拒否される場合は、不明とされている点と、その後にポリシーが変更されていないかを確認してください。

## 原因だけでは決まらない、人が行うこと。

manual-reserved-role = ロール { $target } は IAM Identity Center が許可セットから作成したものです。許可セットのインラインポリシーで許可し、再度プロビジョニングしてください。ロール自体への変更は元に戻されます。
manual-service-role = { $target } はサービスにリンクされたロールです。許可される操作は AWS だけが定義します。
manual-disagrees = AWS 自身のメッセージは Locksmith とは別のポリシーを原因としているため、Locksmith の判断だけでは何も変更しません。診断結果とメッセージを比べてください。
manual-administrative = このアクションは、誰が何をできるかを変えるか、データを保護するものを破壊します。拒否されたという理由だけで Locksmith が許可することはありません。必要な場合は、{ $holder }で、所有者が手動で許可してください。
manual-unnamed-objects = イベントにはオブジェクトの名前がありません。S3 はこのほかにオブジェクトごとのイベント (DeleteObject) を記録します。そのイベントから計画するか、1 つのオブジェクトを指定してください。
manual-useless-key = キー { $target } はこの呼び出しに使えないため、このキーに対しては何も許可しません。別のキーに置き換えた後、もう一度計画してください。
manual-unnamed-resource = アクションを許可すべき対象の ARN が不明です。{ $holder }で手動で許可してください。
manual-too-large = ステートメントを追加すると、{ $target } のドキュメントが AWS の上限を超えます。不要なステートメントを削除または統合してから、もう一度計画してください。
manual-wildcard = 名前にワイルドカードが含まれており、古い Version 2008-10-17 のポリシーではそれを文字どおりに記述できません。ほかのステートメントにポリシー変数が含まれていないことを確認したうえで、{ $target } のドキュメントの Version を 2012-10-17 にして、もう一度計画してください。
manual-not-latin-1 = 名前に、IAM と KMS のポリシーで使えない文字が含まれています。名前が不要になるように、フォルダまたはバケット全体を範囲としてもう一度計画してください。
manual-unreadable = { $target } のドキュメントを読み取れなかったため、何も追加しません。ドキュメントを修正するか、Locksmith に読み取りを許可してから、もう一度計画してください。
manual-no-grant = グラントには正確な暗号化コンテキストが必要です。キー { $target } のポリシーでアクションを許可してください。
manual-unproved = 変更案は見つかりましたが、意図したことだけを行うと証明できなかったため、提示しません。{ $target } の所有者が確認してください。
manual-key-at-home = このアクションは呼び出し元自身のアカウントのキーでのみ機能します。キー { $target } のアカウントのロールで呼び出してください。
manual-caller-unsigned = 呼び出しは署名されていません。Locksmith は何も全員には公開しません。アクセスが必要な場合は、{ $holder }で、所有者が手動で許可してください。
manual-caller-service = 呼び出したのは AWS のサービスです。サービスへのステートメントには、対象の aws:SourceArn または aws:SourceAccount が必要です。ないと、誰のリソースでも利用できてしまいます。必要であれば、{ $holder }で手動で許可してください。
manual-caller-root = 呼び出したのはルートユーザーです。ルートユーザーはアカウント全体としてしか指定できません。必要であれば、{ $holder }で手動で許可してください。
manual-caller-unknown = 呼び出したロールまたはユーザーが不明なため、それだけを指定するステートメントは書けません。必要であれば、{ $holder }で手動で許可してください。
