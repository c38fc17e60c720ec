# 원인과 변경 외에 보고서가 보여 주는 것. 확인할 수 없었던 사항과, 호출이 정책을 거치는 경로의 그림입니다.

## 확인할 수 없었던 사항. 계층 이름 뒤에 또는 단독으로 표시됩니다. 영어에서는 엔진이 직접 말합니다.

unknown-unread = 읽지 못했습니다: { $why }
unknown-not-in-evidence = 읽은 정보에 { $what } 항목이 없습니다
unknown-not-read-by-design = 이 서비스의 리소스에 있는 정책은 읽는 대상이 아닙니다
unknown-callers-account = 호출자가 어느 계정에 속하는지 알 수 없습니다
unknown-management-account = 어느 계정이 조직을 관리하는지 읽지 못했습니다
# `what`은 여기에 있는 다른 문장 중 하나이고 `why`는 영어로 된 기술적 세부 정보입니다.
unknown-because = { $what }: { $why }
unknown-session-policy = 이벤트에는 세션 정책이 포함되지 않습니다. 세션을 만들 때 지정되었다면 그 정책이 호출을 거부하거나 허용하지 않을 수 있습니다
unknown-block-public-access = 퍼블릭 액세스 차단이 이 버킷을 제한하는지 읽지 못했습니다
unknown-condition-key = 이벤트에서 { $key } 값을 알 수 없습니다
unknown-federated-session = 페더레이션 세션은 세션 정책이 없으면 아무 권한도 없지만, 이벤트에는 세션 정책이 포함되지 않습니다
unknown-statement = { $policy }의 문 { $index }번이 이 호출에 적용되는지 알 수 없습니다
unknown-statement-unnamed = 문 { $index }번이 이 호출에 적용되는지 알 수 없습니다
unknown-grant = { $policy } 권한 부여가 이 호출에 적용되는지 알 수 없습니다
unknown-object-owner = 객체의 소유자 또는 객체의 액세스 제어 목록(ACL)이 누구를 허용하는지 읽지 못했습니다
unknown-listing = 객체가 존재하지 않으며, 호출자가 버킷을 나열할 수 있는지 알 수 없습니다
unknown-requester-pays = 버킷이 요청자 지불로 설정되어 있는지 읽지 못했습니다
unknown-requester-consent = 버킷이 요청자 지불로 설정되어 있지만, 요청이 이에 동의했는지 알 수 없습니다
unknown-encryption-types = 버킷이 거부하는 암호화 유형을 읽지 못했습니다
unknown-access-control-lists = 버킷에서 액세스 제어 목록(ACL)이 활성화되어 있는지 읽지 못했습니다
unknown-key-manager = 키가 AWS 관리형 키인지 읽지 못했습니다
unknown-key-state = 키의 상태를 읽지 못했습니다
unknown-aws-s3-key = 호출자의 계정에 아직 aws/s3 키가 없습니다. 처음 사용할 때 S3가 만듭니다
unknown-permission = 호출에 어떤 권한이 필요한지 알 수 없습니다

## AWS의 메시지가 말하는 것과 진단이 이와 일치하는지 여부. `blames`는 처음 세 개 중 하나입니다.

aws-blames-explicit = AWS에 따르면 { $layer }에 명시적 거부가 있습니다
aws-blames-implicit = AWS에 따르면 { $layer }에 허용이 없습니다
aws-blames = AWS에 따르면 원인은 { $layer }입니다
aws-agrees = { $blames }. 이 진단의 결과도 같습니다.
aws-unseen = { $blames }. 그러나 여기서는 이를 확인할 수 없었습니다.
aws-disagrees = { $blames }. 이 진단의 결과는 다릅니다. 무엇이든 변경하기 전에 다시 확인하십시오.
aws-silent = 이 메시지에는 어느 정책에 따른 결과인지 나와 있지 않습니다.
aws-does-not-fit = 이 메시지는 이 진단과 맞지 않습니다. 무엇이든 변경하기 전에 다시 확인하십시오.

## 호출자의 계정이 키를 신뢰하는지 여부. `key-trust`는 제목입니다.

key-trust = 키 신뢰
key-trust-own-account = 키가 호출자 자신의 계정에 속합니다
key-trust-explicitly-permitted = 호출자 계정의 정책이나 권한 부여에 이 키가 지정되어 있으므로 그 계정은 키를 신뢰합니다
key-trust-not-established = 호출자 계정의 어떤 정책이나 권한 부여에도 이 키가 지정되어 있지 않아, 키를 신뢰해야 한다는 근거가 없습니다

## 사람에게 맡겨진 일을 할 수 있는 사람. 영어에서는 계획이 직접 말합니다.

owner-account = { $account }의 소유자
owner-resource = 리소스의 소유자
owner-organization = 조직 관리자
owner-session = 세션을 만드는 쪽
owner-boundary = { $account }에서 권한 경계를 설정하는 사람
owner-endpoint = VPC 엔드포인트의 소유자
owner-identity-center = IAM Identity Center 관리자
owner-caller = 호출자
owner-nobody = 아직 없음

## 그림: 호출자에서 계층을 거쳐 리소스에 이르는 선. 점 아래의 이름은 한 줄에 8자 정도(라틴 문자는 16자 정도)
## 들어갑니다. 공백이 있으면 두 줄로 나눌 수 있습니다.

path-caller = 호출자
path-key = 키
path-object = 객체
path-bucket = 버킷
path-role = 역할
path-resource = 리소스
path-key-unknown = 알 수 없는 키
path-side-caller = 호출자의 계정
path-side-organization = 조직
path-side-endpoint = 네트워크
path-side-resource = 리소스의 계정

# 계층의 판정과 그 결과.
path-allow = 허용
path-no-allow = 허용 없음
path-deny = 명시적 거부
path-blocks = 차단

# 리소스 자체의 문제. 리소스 이름 아래에 표시됩니다.
path-at-key-disabled = 비활성화됨
path-at-key-pending-deletion = 삭제 대기 중
path-at-key-unavailable = 사용 불가
path-at-key-not-found = 존재하지 않음
path-at-key-wrong-region = 다른 리전
path-at-alias-in-callers-account = 별칭
path-at-aws-managed-key-cross-account = AWS 관리형
path-at-object-missing = 존재하지 않음
path-at-requester-pays-header-missing = 요청자 지불
path-at-sse-c-blocked = SSE-C 거부

# 기호의 의미.
path-legend-pass = 허용함
path-legend-stop = 허용하지 않아 호출을 막음
path-legend-deny = 명시적으로 거부함
path-legend-open = 확인할 수 없었음
path-legend-silent = 허용하지 않지만 허용할 필요도 없음
