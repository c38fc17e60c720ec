# 호출이 거부된 이유.

## 정책 계층. `short`는 자리가 좁은 곳에 씁니다.

layer-identity-policy = 자격 증명 기반 정책
    .short = IAM 정책
layer-permissions-boundary = 권한 경계
    .short = 권한 경계
layer-session-policy = 세션 정책
    .short = 세션 정책
layer-scp = 서비스 제어 정책
    .short = SCP
layer-rcp = 리소스 제어 정책
    .short = RCP
layer-vpc-endpoint-policy = VPC 엔드포인트 정책
    .short = 엔드포인트 정책
layer-bucket-policy = 버킷 정책
    .short = 버킷 정책
layer-access-point-policy = 액세스 포인트 정책
    .short = 액세스 포인트 정책
layer-key-policy = 키 정책
    .short = 키 정책
layer-kms-grant = KMS 권한 부여
    .short = KMS 권한 부여
layer-trust-policy = 신뢰 정책
    .short = 신뢰 정책
layer-resource-policy = 리소스 기반 정책
    .short = 리소스 정책
layer-block-public-access = 퍼블릭 액세스 차단
    .short = 퍼블릭 액세스 차단
layer-object-ownership = 객체 소유권
    .short = 객체 소유권

## 정책이 있는 곳. 아래 문장에서 `holder`로 쓰입니다.

holder-identity-policy = 호출자의 IAM 정책
holder-identity-policy-named = 호출자의 { $policy } IAM 정책
holder-permissions-boundary = { $target }의 권한 경계 정책
holder-session-policy = 세션 정책
holder-scp = { $target } 서비스 제어 정책
holder-rcp = { $target } 리소스 제어 정책
holder-vpc-endpoint-policy = { $target } VPC 엔드포인트의 정책
holder-bucket-policy = { $target } 버킷의 정책
holder-access-point-policy = { $target } 액세스 포인트의 정책
holder-key-policy = { $target } 키의 정책
holder-kms-grant = { $target } 키의 권한 부여 설정
holder-trust-policy = { $target } 역할의 신뢰 정책
holder-resource-policy = { $target }의 정책
holder-block-public-access = { $target }의 퍼블릭 액세스 차단 설정
holder-object-ownership = { $target }의 객체 소유권 설정

## 아래 문장의 부분.

account-known = { $id } 계정
account-unknown = 알 수 없는 계정
statement-named = "{ $sid }" 문
statement-numbered = Statement[{ $index }] 문
statement-some = 어떤 문
missed-condition = { $key }({ $operator })의 기대 값: { $expected }, 실제 값: { $found }
missed-separator = {"; "}
missed-nothing = 어느 부분인지 알 수 없습니다
value-absent = 없음
value-unknown = 알 수 없음
value-other-than = { $values } 이외의 값
# 호출자.
caller-role = 호출자({ $name } 역할)
caller-user = 호출자({ $name } 사용자)
caller-other = 호출자({ $name })
caller-unknown = 호출자
# 대상을 포함한 권한.
permission-alone = { $action }
permission-on = { $resource }에 대한 { $action }
permission-on-bucket = { $resource } 버킷에 대한 { $action }
permission-on-key = { $resource } 키에 대한 { $action }
permission-on-role = { $resource } 역할에 대한 { $action }

## 계층이 허용하지 않거나 거부하는 경우. `title`은 목록에 씁니다.

cause-missing-allow = { $holder }에 { $caller }에게 { $permission } 작업을 허용하는 문이 없습니다.
    .title = { $action } 허용 없음: { $layer }
cause-missing-allow-identity-policy = { $caller }의 어떤 IAM 정책도 { $permission } 작업을 허용하지 않습니다.
cause-missing-allow-scp = { $target } 대상에 연결된 어떤 서비스 제어 정책도 { $permission } 작업을 허용하지 않습니다.
cause-missing-allow-session-policy = AWS에 따르면 세션 정책이 { $permission } 작업을 허용하지 않습니다. 이 정책은 역할이 아니라 세션의 일부이므로 세션을 만드는 쪽에서 범위를 넓혀야 합니다.
cause-missing-allow-key-at-home = { $target } 키의 정책과 관계없이 { $action } 작업은 호출자 자신의 계정에 있는 키에서만 작동합니다.
cause-explicit-deny = { $permission } 작업은 { $holder }에 있는 { $statement }에서 { $caller }에게 명시적으로 거부됩니다. 거부는 모든 허용에 우선하므로 소유자가 변경해야 합니다.
    .title = { $action } 명시적 거부: { $layer }
cause-explicit-deny-unseen = AWS에 따르면 { $holder }에서 { $permission } 작업을 거부합니다. 세션을 만든 쪽만 변경할 수 있습니다.
cause-condition-not-met = { $permission } 작업은 { $holder }에 있는 { $statement }에서 { $caller }에게 허용될 수 있지만 조건이 충족되지 않았습니다: { $missed }.
    .title = { $action } 조건 미충족: { $layer }
cause-dangling-principal = { $holder }에 있는 { $statement }에 삭제된 보안 주체가 지정되어 있습니다. 그 ID가 호출자의 것이라면 { $permission } 작업이 허용됩니다. 다시 만든 역할이나 사용자에게는 새 ID가 부여되므로 다시 지정해야 합니다.
    .title = { $action } 보안 주체 삭제됨: { $layer }

## 단독 원인.

cause-no-account-delegation = { $target } 키의 정책은 { $account }의 IAM 정책을 적용하지 않으며, { $caller }에게 { $action } 작업을 허용하는 문도 없습니다.
    .title = { $action }: 키 정책에 IAM 정책이 적용되지 않음
cause-grant-constraint-not-met = 권한 부여가 { $caller }에게 { $permission } 작업을 허용하지만, 이 호출과 다른 암호화 컨텍스트에만 해당합니다.
    .title = { $action }: 권한 부여의 암호화 컨텍스트 불일치
cause-aws-managed-key-cross-account = 객체가 { $account }의 AWS 관리형 키로 암호화되어 있습니다. 이 키의 정책은 변경할 수 없고 다른 계정에서는 사용할 수 없습니다. 고객 관리형 키로 객체를 다시 암호화하십시오.
    .title = 다른 계정의 AWS 관리형 키
cause-key-disabled = { $target } 키가 비활성화되어 있습니다. 키를 활성화하거나 다른 키로 암호화하십시오.
    .title = KMS 키가 비활성화됨
cause-key-pending-deletion = { $target } 키가 삭제 대기 중입니다. 데이터가 아직 필요하면 삭제를 취소하십시오. 삭제된 후에는 아무도 데이터를 읽을 수 없습니다.
    .title = KMS 키가 삭제 대기 중
cause-key-unavailable = { $target } 키를 지금 사용할 수 없습니다. 키 구성 요소가 없거나 키를 만들거나 이동하는 중입니다.
    .title = KMS 키를 지금 사용할 수 없음
cause-key-not-found = { $target } 키가 존재하지 않습니다.
    .title = KMS 키가 존재하지 않음
cause-key-wrong-region = { $target } 키가 버킷과 다른 리전에 있습니다. S3는 버킷과 같은 리전의 키만 사용합니다.
    .title = KMS 키가 다른 리전에 있음
cause-alias-in-callers-account = { $target } 버킷의 기본 암호화가 키를 별칭 또는 ID만으로 지정합니다. S3는 업로드하는 쪽의 계정에서 이를 찾지만 그곳에는 존재하지 않습니다. 키를 ARN으로 지정하십시오.
    .title = 기본 암호화가 별칭으로 키를 지정함
cause-restrict-public-buckets = { $target } 버킷의 정책이 퍼블릭으로 간주되어 퍼블릭 액세스 차단(RestrictPublicBuckets)이 { $account } 외부의 모든 호출자를 거부합니다. 모두에게 열려 있는 문의 범위를 좁히십시오.
    .title = 퍼블릭 액세스 차단이 다른 계정을 거부함
cause-foreign-owner = { $target } 객체는 버킷과 다른 계정이 소유하므로 버킷 정책이 적용되지 않습니다. 버킷 소유자로서 객체를 복사하거나 버킷을 BucketOwnerEnforced로 설정하십시오.
    .title = 객체를 다른 계정이 소유함
cause-object-missing = { $target } 객체가 없습니다. { $caller }에게 버킷을 나열할 권한이 없어 S3가 NotFound 대신 AccessDenied를 반환합니다.
    .title = 객체가 존재하지 않음
cause-requester-pays-header-missing = 버킷이 요청자 지불로 설정되어 있지만 요청이 이에 동의하지 않았습니다. x-amz-request-payer: requester 헤더를 보내십시오.
    .title = 요청이 요청자 지불에 동의하지 않음
cause-sse-c-blocked = { $target } 버킷은 고객 제공 키(SSE-C)로 암호화된 업로드를 거부합니다. 해당 헤더 없이 업로드하십시오.
    .title = 버킷이 SSE-C를 거부함
cause-acl-disabled = { $target } 버킷은 액세스 제어 목록(ACL)이 비활성화되어 있는데 요청이 ACL을 설정합니다. ACL 없이 또는 bucket-owner-full-control로 업로드하십시오.
    .title = 버킷의 ACL이 비활성화됨
cause-unexplained = 읽을 수 있었던 모든 정책이 { $action } 작업을 허용합니다.
    .title = 원인을 찾지 못함

## 진단 결과.

verdict-denied = 거부됨
verdict-allowed = 허용됨
verdict-unknown = 알 수 없음
answer-allowed = 허용
answer-denied = 거부
answer-explicitly-denied = 명시적 거부
answer-unknown = 알 수 없음
outcome-allow = 허용
outcome-no-allow = 허용 없음
outcome-explicit-deny = 명시적 거부
outcome-not-applicable = 해당 없음
outcome-unknown = 알 수 없음
confidence-certain = 확실함: 중요한 정보가 모두 있습니다
confidence-likely = 가능성 높음: 영향을 줄 수 있는 일부 정보를 확인하지 못했습니다
confidence-open = 미확정: 결정적인 정보를 확인하지 못했습니다
