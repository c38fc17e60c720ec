# 계획이 변경하는 것, 증명하는 것, 사람이 해야 할 일.

## 위험과 범위.

risk-low = 낮음
    .sentence = 호출자가 거부된 것만 허용받으며 다른 것은 변경되지 않습니다.
risk-medium = 중간
    .sentence = 이 호출 외의 것도 가능해지거나 공유 문서가 다시 작성됩니다.
risk-high = 높음
    .sentence = 훨씬 많은 것이 가능해지거나 실수를 되돌리기 어려울 수 있습니다.
scope-object = 이 객체만
scope-prefix = 이 객체의 폴더와 그 하위 전체
scope-bucket = 버킷의 모든 객체

## 변경의 내용.

change-put-bucket-policy = { $account } 계정에 있는 { $name } 버킷의 정책에 문 { $count }개를 추가합니다.
change-put-bucket-policy-new = { $account } 계정에 있는 { $name } 버킷에는 정책이 없으므로 정책을 새로 만듭니다.
change-put-access-point-policy = { $account } 계정에 있는 { $name } 액세스 포인트의 정책에 문 { $count }개를 추가합니다.
change-put-access-point-policy-new = { $account } 계정에 있는 { $name } 액세스 포인트에는 정책이 없으므로 정책을 새로 만듭니다.
change-put-key-policy = { $account } 계정에 있는 { $name } 키의 정책에 문 { $count }개를 추가합니다.
change-create-grant = { $account } 계정에 있는 { $name } 키에 권한 부여를 생성합니다.
change-put-bucket-encryption = { $account } 계정에 있는 { $name } 버킷의 기본 암호화를 설정합니다.
change-put-trust-policy = { $account } 계정에 있는 { $name } 역할의 신뢰 정책에 문 { $count }개를 추가합니다.
change-put-role-policy = { $account } 계정에 있는 { $name } 역할에 { $policy } 인라인 정책을 추가합니다.
change-put-user-policy = { $account } 계정에 있는 { $name } 사용자에게 { $policy } 인라인 정책을 추가합니다.

## 변경이 필요한 이유와 허용되는 내용.

principal-role = { $account } 계정의 { $name } 역할
principal-user = { $account } 계정의 { $name } 사용자
why-put-bucket-policy = { $who }에게 { $resources } 리소스에 대한 { $actions } 작업을 허용합니다.
why-put-access-point-policy = { $who }에게 이 액세스 포인트를 통한 { $resources } 리소스에 대한 { $actions } 작업을 허용합니다.
why-put-key-policy = { $who }에게 이 키로 { $actions } 작업을 하도록 허용합니다.
why-create-grant = { $who }에게 이 키로 { $actions } 작업을 하도록 허용합니다.
why-put-bucket-encryption = 버킷의 기본 키를, S3가 업로드하는 쪽의 계정에서 찾는 { $before } 대신 ARN { $after } 값으로 지정합니다. 앞으로 쓰는 모든 사람에게 적용되며 기존 객체는 그대로 유지됩니다.
why-put-trust-policy = { $who }에게 { $actions } 작업을 허용합니다. 그러면 이 역할이 할 수 있는 모든 작업을 할 수 있습니다.
why-put-role-policy = { $who }에게 { $resources } 리소스에 대한 { $actions } 작업을 허용합니다.
why-put-user-policy = { $who }에게 { $resources } 리소스에 대한 { $actions } 작업을 허용합니다.
why-through-service = { $service } 서비스를 통한 경우에만 유효합니다.
why-through-point = { $name } 액세스 포인트를 통한 경우에만 유효합니다.
why-for-context = { $context } 대상에만 유효합니다.
why-limit-near = 문서가 AWS 한도 { $limit }자 중 { $used }자가 됩니다. 남은 공간이 거의 없습니다.
why-made-by-cloudformation = CloudFormation({ $what } 스택)에서 만든 리소스이므로 다음 실행 시 변경이 원래대로 돌아갑니다. 템플릿에도 반영하십시오.
why-made-by-terraform = Terraform({ $what })에서 만든 리소스이므로 다음 실행 시 변경이 원래대로 돌아갑니다. 구성에도 반영하십시오.
list-separator = {", "}
sentence-separator = {" "}

## 변경을 되돌리는 방법.

inverse-put-role-policy = 역할의 { $policy } 인라인 정책을 삭제합니다.
inverse-put-user-policy = 사용자의 { $policy } 인라인 정책을 삭제합니다.
inverse-create-grant = 이름이 { $grant }인 권한 부여를 취소합니다.
inverse-put-bucket-encryption = 기본 암호화를 이전 설정으로 되돌립니다.
inverse-made-policy = 정책을 삭제합니다. 다른 사람이 추가한 내용이 있으면 정책에서 { $sids } 문만 제거합니다.
inverse-shared-policy = 정책에서 { $sids } 문을 제거합니다.

## 다른 방법.

alternative-grant = 키 정책의 문 대신 권한 부여를 사용합니다. 정책은 그대로 유지되고 한 번의 호출로 되돌릴 수 있습니다. 권한 부여는 정책보다 눈에 덜 띄고 kms:ViaService를 지정할 수 없으며 스스로 만료되지 않습니다.
alternative-resource-policy = 호출자 자신의 IAM 정책 대신 리소스의 정책이 호출자를 지정합니다. 데이터가 있는 곳에서 권한을 확인할 수 있으며 더 이상 호출자 계정 관리자의 작업에 좌우되지 않습니다.
alternative-widened = 수동: 필요하다면 키 정책에 있는 { $statement }의 Principal에 호출자의 ARN을 추가합니다. 그러면 호출자는 직접 호출을 포함하여 키가 암호화하는 모든 것에 대해 해당 문의 모든 작업을 할 수 있습니다.
alternative-delegated = 수동: 필요하다면 { $root } 보안 주체에 kms:*를 허용하는 문을 키 정책에 추가합니다. 그러면 관리자의 정책을 포함하여 계정의 모든 IAM 정책이 이 키에 적용됩니다.

## 증명.

proof-verdicts = 변경 전: { $before }. 변경 후: { $after }.
proof-none-compared = 누구의 권한도 바뀌지 않으므로 다른 요청은 비교하지 않았습니다.
proof-none-opened = 다른 요청 { $checked }건의 결과는 그대로입니다.
proof-some-opened = 다른 요청 { $checked }건 중 결과가 달라지는 요청이 있습니다.

## 원인별로 사람이 해야 할 일.

manual-missing-allow = Locksmith는 이 변경을 스스로 하지 않습니다. 액세스가 필요하면 소유자가 { $holder }에서 수동으로 허용해야 합니다.
manual-missing-allow-scp = 조직에서 원하는 경우 조직 관리자가 { $target } 대상에 연결된 서비스 제어 정책에서 허용해야 합니다. Locksmith는 조직의 정책을 변경하지 않습니다.
manual-missing-allow-permissions-boundary = 가능해야 하는 작업이라면 { $target }의 권한 경계에서 허용하십시오. Locksmith는 경계를 변경하지 않습니다.
manual-missing-allow-vpc-endpoint-policy = { $target } VPC 엔드포인트의 정책에서 허용하거나 엔드포인트를 거치지 않고 호출하십시오.
manual-session-policy = 세션을 만들 때 전달하는 정책(AssumeRole의 Policy 또는 PolicyArns)에서 허용하십시오. 이 정책은 세션의 일부이며 계정 어디에도 저장되어 있지 않습니다.
manual-explicit-deny = { $holder }에 있는 { $statement }의 목적이 이 호출을 막는 것인지 판단하십시오. 아니라면 범위를 좁히거나 예외를 추가하십시오. 거부는 모든 허용에 우선하므로 다른 방법은 도움이 되지 않으며, Locksmith는 이를 우회하는 어떤 것도 추가하지 않습니다.
manual-condition-not-met = 호출을 그대로 허용해야 한다면 { $holder }에 있는 { $statement }의 조건을 충족하거나 조건을 변경하십시오.
manual-dangling-principal = { $holder }에 지정된 보안 주체가 삭제되었습니다. 액세스가 필요하면 소유자가 새 역할이나 사용자를 지정해야 합니다.
manual-no-account-delegation = 액세스가 필요하면 { $target } 키의 정책에 호출자를 위한 문을 추가하십시오.
manual-grant-constraint-not-met = 액세스가 필요하면 키 정책에 호출자를 위한 문을 추가하십시오. { $target } 키의 권한 부여는 다른 암호화 컨텍스트에만 유효합니다.
manual-aws-managed-key-cross-account = 고객 관리형 키를 만들어 버킷의 기본 키로 설정하고 그 키로 객체를 다시 암호화하십시오(객체를 자기 자신에 복사). AWS 관리형 키의 정책은 변경할 수 없습니다.
manual-key-disabled = 의도적으로 비활성화한 것이 아니라면 { $target } 키를 활성화하십시오(aws kms enable-key).
manual-key-pending-deletion = 이 키로 암호화된 데이터가 아직 필요하면 { $target } 키의 삭제를 즉시 취소하십시오(aws kms cancel-key-deletion, 이어서 enable-key). 대기 기간이 지나면 데이터를 잃게 됩니다.
manual-key-unavailable = { $target } 키의 키 구성 요소를 복구하거나(가져오기 또는 키 스토어 연결) 다른 키로 암호화하십시오.
manual-key-not-found = 요청이나 버킷의 기본 암호화에 지정된 키 ID를 수정하십시오. 삭제된 키로 암호화된 데이터는 복구할 수 없습니다.
manual-key-wrong-region = 버킷과 같은 리전의 키를 사용하십시오. 요청이나 버킷의 기본 암호화에서 설정합니다.
manual-alias-in-callers-account = { $target } 버킷의 기본 암호화에서 키를 ARN으로 지정하십시오. 버킷의 계정에는 이 별칭에 해당하는 키가 없으므로 어느 키를 뜻하는지 알 수 없습니다.
manual-restrict-public-buckets = { $target } 버킷의 정책이 더 이상 퍼블릭이 아니도록 모두에게 열려 있는 문의 범위를 좁히십시오. 퍼블릭 액세스 차단은 해제하지 마십시오.
manual-foreign-owner = 버킷 소유자로서 객체를 복사하거나 버킷의 객체 소유권을 BucketOwnerEnforced로 설정하십시오. 그러면 버킷 소유자가 모든 객체를 소유합니다.
manual-object-missing = 객체 이름을 확인하십시오. 이름이 { $target }인 객체가 없습니다. 부족한 권한은 없습니다.
manual-requester-pays-header-missing = 호출에 x-amz-request-payer: requester 헤더를 보내십시오. 비용은 호출자의 계정이 지불합니다.
manual-sse-c-blocked = 자체 키(SSE-C) 없이 업로드하고 암호화는 버킷의 기본 암호화에 맡기십시오.
manual-acl-disabled = 액세스 제어 목록 없이 또는 bucket-owner-full-control로 업로드하십시오.
manual-unexplained = 읽을 수 있었던 모든 정책이 호출을 허용합니다. 다시 호출해 보고, 여전히 거부되면 알 수 없음으로 표시된 항목과 그 후 정책이 변경되었는지를 확인하십시오.

## 원인만으로는 알 수 없는, 사람이 해야 할 일.

manual-reserved-role = { $target } 역할은 IAM Identity Center가 권한 세트에서 만든 것입니다. 권한 세트의 인라인 정책에서 허용하고 다시 프로비저닝하십시오. 역할 자체에 대한 변경은 원래대로 돌아갑니다.
manual-service-role = { $target } 역할은 서비스 연결 역할입니다. 이 역할이 할 수 있는 작업은 AWS만 정의합니다.
manual-disagrees = AWS의 메시지가 Locksmith와 다른 정책을 원인으로 지목하므로 Locksmith의 판단만으로는 아무것도 변경하지 않습니다. 진단과 메시지를 비교하십시오.
manual-administrative = 이 작업은 누가 무엇을 할 수 있는지를 바꾸거나 데이터를 보호하는 것을 파괴합니다. Locksmith는 거부되었다는 이유만으로 이를 허용하지 않습니다. 필요하다면 소유자가 { $holder }에서 수동으로 허용해야 합니다.
manual-unnamed-objects = 이벤트에 객체 이름이 없습니다. S3는 이와 별도로 객체마다 이벤트(DeleteObject)를 기록합니다. 그 이벤트로 계획하거나 객체 하나를 지정하십시오.
manual-useless-key = { $target } 키는 이 호출에 사용할 수 없으므로 이 키에 대해서는 아무것도 허용하지 않습니다. 다른 키로 교체한 후 다시 계획하십시오.
manual-unnamed-resource = 작업을 허용해야 할 대상의 ARN을 알 수 없습니다. { $holder }에서 수동으로 허용하십시오.
manual-too-large = 문을 하나 더 추가하면 { $target }의 문서가 AWS 한도를 초과합니다. 필요 없는 문을 제거하거나 합친 후 다시 계획하십시오.
manual-wildcard = 이름에 와일드카드가 있는데, 이전 Version 2008-10-17의 정책은 이를 문자 그대로 쓸 수 없습니다. 다른 문에 정책 변수가 없는지 확인한 후 { $target } 문서의 Version을 2012-10-17로 설정하고 다시 계획하십시오.
manual-not-latin-1 = 이름에 IAM 및 KMS 정책에서 사용할 수 없는 문자가 있습니다. 이름이 필요 없도록 폴더 또는 버킷 전체를 범위로 다시 계획하십시오.
manual-unreadable = { $target }의 문서를 읽을 수 없어 아무것도 추가하지 않습니다. 문서를 고치거나 Locksmith에 읽기 권한을 준 후 다시 계획하십시오.
manual-no-grant = 권한 부여에는 정확한 암호화 컨텍스트가 필요합니다. { $target } 키의 정책에서 작업을 허용하십시오.
manual-unproved = 변경안을 찾았지만 의도한 것만 한다는 점을 증명할 수 없어 제안하지 않습니다. { $target }의 소유자가 검토해야 합니다.
manual-key-at-home = 이 작업은 호출자 자신의 계정에 있는 키에서만 작동합니다. { $target } 키의 계정에 있는 역할로 호출하십시오.
manual-caller-unsigned = 호출이 서명되지 않았습니다. Locksmith는 무엇도 모두에게 공개하지 않습니다. 액세스가 필요하면 소유자가 { $holder }에서 수동으로 허용해야 합니다.
manual-caller-service = AWS 서비스가 호출했습니다. 서비스를 위한 문에는 대상의 aws:SourceArn 또는 aws:SourceAccount가 필요합니다. 그렇지 않으면 누구의 리소스든 사용할 수 있게 됩니다. 필요하다면 { $holder }에서 수동으로 허용하십시오.
manual-caller-root = 루트 사용자가 호출했습니다. 루트 사용자는 계정 전체로만 지정할 수 있습니다. 필요하다면 { $holder }에서 수동으로 허용하십시오.
manual-caller-unknown = 어떤 역할이나 사용자가 호출했는지 알 수 없으므로 그 대상만 지정하는 문을 쓸 수 없습니다. 필요하다면 { $holder }에서 수동으로 허용하십시오.
