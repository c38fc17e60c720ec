# 인시던트의 상태와 제목.

state-detected = 감지됨
    .sentence = 거부가 감지되었습니다. 원인을 찾고 있습니다.
state-diagnosed = 진단됨
    .sentence = 알 수 있는 범위에서 원인이 파악되었습니다.
state-awaiting-approval = 승인 대기 중
    .sentence = 소유자에게 승인을 요청했습니다. 소유자가 승인하기 전에는 아무것도 변경되지 않습니다.
state-approved = 승인됨
    .sentence = 소유자가 승인했습니다. 곧 변경이 적용됩니다.
state-applying = 적용 중
    .sentence = 변경을 적용하고 있습니다.
state-applied = 적용됨
    .sentence = 변경이 적용되었습니다. 효과가 있었는지 아직 확인하고 있습니다.
state-verified = 검증됨
    .sentence = 호출이 다시 작동합니다.
state-no-change-needed = 변경 불필요
    .sentence = 거부가 정당하거나 호출이 이미 허용되어 있습니다. 아무것도 변경되지 않습니다.
state-manual = 수동 처리
    .sentence = 사람이 변경해야 합니다. Locksmith가 변경할 수 없거나 변경해서는 안 됩니다.
state-rejected = 거절됨
    .sentence = 소유자가 변경을 거절했습니다. 아무것도 변경되지 않았습니다.
state-expired = 만료됨
    .sentence = 기한 내에 응답이 없었습니다. 아무것도 변경되지 않았습니다. 나중에 호출이 다시 거부되면 소유자에게 다시 요청합니다.
state-suppressed = 알림 중지됨
    .sentence = 이 거부는 알림이 중지되어 당분간 아무에게도 알리지 않습니다.
state-failed = 실패
    .sentence = 변경을 적용하지 못했거나 효과가 없었습니다. 담당자의 확인이 필요합니다.
state-rolled-back = 되돌림
    .sentence = 변경을 되돌렸습니다. 이전 상태로 돌아갔습니다.

## 거부된 호출의 종류. 문장 안이나 제목으로 쓰입니다.

class-read = 객체 읽기
class-write = 객체 쓰기
class-delete = 객체 삭제
class-list = 목록 조회
class-configure = 설정 읽기 또는 변경
class-assume = 역할 수임
class-decrypt = 복호화
class-encrypt = 암호화

## 제목.

label-state = 상태
label-causes = 원인
label-principal = 호출자
label-resource = 리소스
label-account = 계정
label-denials = 거부 { $count }건
label-first-seen = 최초 거부
label-last-seen = 최근 거부
label-risk = 위험
label-scope = 범위
label-proof = 증명
label-undo = 변경을 되돌리는 방법
label-alternatives = 다른 방법
label-manual = 수동으로 할 일
label-confidence = 확실성
# 값 앞에 오는 제목.
label-before = { $label }:{" "}
