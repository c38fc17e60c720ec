# `locksmith serve`의 페이지.

## What stands around every page.

page-skip = 본문으로 이동
page-navigation = 주 메뉴
page-incidents = 인시던트
page-language = 언어
page-you-are = { $person } 님으로 로그인했습니다.
page-act-as = 행동할 사람
page-log-out = 로그아웃
page-place-folder = 계정은 { $folder }의 파일입니다. 승인한 내용은 그곳에서만 변경됩니다.
page-place-demo = 데모: 두 계정은 { $folder }의 파일입니다. 소유자 두 명의 승인이 필요하며, 어느 쪽으로든 행동할 수 있습니다.

## Pages that say one thing.

page-to-incidents = 인시던트로 이동
page-welcome = 로그인했습니다.
    .title = 환영합니다
page-log-in = Locksmith가 터미널에 출력한 링크를 여십시오. 링크는 한 번만 사용할 수 있으며, 이전 링크를 사용했다면 새 링크가 방금 출력되었습니다. 이미 로그인한 상태로 다른 사이트에서 왔다면 아래에서 계속하십시오.
    .title = 로그인
page-nobody = 로그인 정보에 해당하는 사람이 Locksmith 구성에 없습니다. Locksmith 관리자에게 문의하십시오.
    .title = 등록되지 않음
page-left = 로그아웃했습니다.
    .title = 로그아웃
page-stale = 이 양식은 종료되었거나 다른 세션의 것입니다. 아무것도 처리되지 않았습니다. 인시던트를 다시 열고 다시 시도하십시오.
    .title = 오래된 양식
page-not-found = 이 페이지가 없거나 인시던트가 더 이상 보관되지 않습니다.
    .title = 찾을 수 없음
page-failed = 지금 저장소를 읽거나 쓸 수 없었습니다. 확인된 내용은 사라지지 않았습니다. 다시 시도하십시오.
    .title = 다시 시도하십시오

## Lists.

page-state = 상태
page-every-state = 모든 상태
page-show = 표시
page-none = 아직 거부가 감지되지 않았습니다.
page-none-of = 이 상태의 인시던트가 없습니다.
page-all-of = 모두 보기: { $state }
page-list-title = 인시던트: { $state }
page-pages = 목록 페이지
page-first = 첫 페이지
page-next = 다음 페이지
page-what = 호출자와 대상
page-why = 원인
page-count = 거부 횟수
page-last-seen = 마지막 감지

## An incident: what was denied, and why.

page-headline = { $who }의 { $what }에 대한 { $operation } 호출이 거부되었습니다
page-headline-early = { $who }의 { $what }에 대한 호출이 거부되었습니다
page-caller = 호출자
page-resource = 리소스
page-denials = 거부
page-denials-since = { $count }건, 최초:
page-lately = 최근:
page-why-denied = 거부된 원인
page-not-diagnosed = 계정의 정책을 읽고 있습니다.
page-no-causes = 읽을 수 있었던 정책 중 호출을 막는 것은 없습니다.
page-fix-automatic = Locksmith가 변경을 제안할 수 있습니다
page-fix-manual = 사람이 결정해야 합니다
page-fix-none = 변경할 것이 없습니다
page-expected = 기대 값
page-found = 실제 값
page-unknowns = 확인할 수 없었던 사항 { $count }건

## What is proposed.

page-change = 제안된 변경
page-change-part = 필요한 변경의 일부
page-change-made = 적용된 변경
page-change-undone = 되돌린 변경
page-by-hand = 수동으로 할 일
page-other-ways = 다른 방법
page-scope = 범위
page-ends = 변경 만료
page-risk = 위험
page-difference = 문서에서 바뀌는 내용
page-digest = 정확히 이 변경의 다이제스트:

## What owners are asked.

page-decision = 결정
page-now = 현재
page-asked-until = 응답 기한:
page-approvals-missing = { $quorum }명 중 { $given }명 승인
page-approvals-given = 승인됨
page-approved-at = 승인:
page-not-yet = 아직 없음
page-approve = 이 변경 승인
page-approve-binds = 여기에 표시된 변경만, 귀하가 소유한 각 계정에 대해 승인합니다. 모든 소유자가 승인하면 변경이 적용됩니다.
page-approve-way = 대신 이 방법 승인
page-reject = 거절…
page-reject-now = 변경 거절
page-suppress = 알림 중지: 이 거부는 정당합니다…
page-suppress-means = 아무것도 변경되지 않으며, 이 날이 지날 때까지 다시 요청하지 않습니다.
page-suppress-now = 거부 알림 중지
page-until = 기한:
page-rescope = 다른 범위…
page-rescope-now = 다시 계획
page-break-glass = 긴급 승인(break-glass): 단독 승인…
page-break-glass-means = 소유자의 응답을 기다리지 않고 변경이 적용됩니다. 이유와 함께 모두에게 통지됩니다.
page-break-glass-now = 긴급 승인
page-reason = 이유
page-not-yours = { $person } 님은 이 계정들의 소유자가 아니므로 소유자가 결정합니다.
page-form-approve = 승인
page-form-way = 다른 방법 승인
page-form-reject = 거절
page-form-suppress = 거부 알림 중지
page-form-rescope = 다른 범위
page-form-break-glass = 긴급 승인

## What can be done beside deciding.

page-since = 시작:
page-look-again = 다음 확인:
page-reload = 페이지 새로 고침
page-call-again = 다시 호출
page-call-again-means = 거부된 호출을 다시 보냅니다. 파일의 정책이 AWS처럼 판정합니다.
page-undo = 변경 되돌리기…
page-undo-now = 변경 되돌리기

## The answer, and the path of the call.

page-matrix = 모든 권한과 정책
page-permission = 필요한 권한
page-answer = 판정
page-path = 호출 경로

## What happened.

page-history = 경과
page-incident = 인시던트
page-first-seen = 최초 거부
page-opened = 인시던트 생성
page-seen = 최근 거부(총 { $count }건)
page-openings = 모두 { $count }회 열림
page-gave-approval = { $person } 님이 승인했습니다
page-gave-approval-for = { $person } 님이 계정 { $account }에 대해 승인했습니다
page-broke-glass = { $person } 님이 긴급 승인했습니다
page-did-rescope = { $person } 님이 다른 범위를 요청했습니다: { $scope }
page-did-reject = { $person } 님이 변경을 거절했습니다
page-did-suppress = { $person } 님이 거부 알림을 중지했습니다
page-did-undo = { $person } 님이 변경 되돌리기를 요청했습니다
page-step-planned = 예정:
page-step-writing = 쓰는 중:
page-step-written = 적용됨:
page-step-stood = 이전부터 있었음:
page-step-failed = 적용하지 못함:
page-step-undoing = 되돌리는 중:
page-step-undone = 되돌림:
page-step-kept = 다른 항목이 의존하여 유지함:
page-step-changed-by-others = 다른 사람이 변경하여 그대로 둠:
page-step-stuck = 되돌리지 못함:

## What was done just now.

page-done-counted = 승인이 반영되었습니다. 아직 다른 승인이 필요합니다.
page-done-approved = 모든 소유자가 승인하여 변경 적용이 시작되었습니다. 결과는 아래에 있습니다.
page-done-rejected = 변경을 거절했습니다. 아무것도 변경되지 않았습니다.
page-done-suppressed = 거부 알림을 중지했습니다. 호출은 계속 거부되며, 그때까지 다시 요청하지 않습니다.
page-done-rescoped = 변경을 다시 계획합니다.
page-done-before = 이미 결정되었으며, 중복 처리되지 않았습니다.
page-done-undone = 변경을 되돌렸습니다.
page-done-underway = 지금 처리 중입니다. 잠시 후 새로 고치십시오.
page-done-looked = 상태는 그대로입니다. 계정의 현황은 아래에 있습니다.
page-done-succeeded = 다시 호출했으며 성공했습니다.
page-done-denied = 다시 호출했으나 거부되었습니다.
page-done-unknown = 결정적인 정보가 없어 호출이 성공하는지 알 수 없습니다.

## Why something was not done.

page-refused-form = 양식을 읽을 수 없습니다. 아무것도 처리되지 않았습니다. 현재 인시던트를 확인하고 다시 결정하십시오.
page-refused-gone = 인시던트가 더 이상 보관되지 않습니다.
page-refused-off = 여기서는 승인할 수 없습니다. 구성의 approval.enabled가 true가 아닙니다.
page-refused-other-plan = 보신 이후 계획이 변경되었습니다. 아무것도 처리되지 않았습니다. 현재 계획을 확인하고 다시 결정하십시오.
page-refused-other-question = 보신 이후 다시 요청되었습니다. 아무것도 처리되지 않았습니다. 현재 내용을 확인하고 다시 결정하십시오.
page-refused-same-scope = 이미 이 범위로 계획되어 있습니다.
page-refused-wrong-state = 인시던트는 현재 ‘{ $state }’ 상태입니다. 요청된 결정이 없습니다.
page-refused-too-late = 승인 기한이 지났습니다. 다시 계획하고 소유자에게 다시 요청해야 합니다.
page-refused-untouched = 계정 { $account }에서는 아무것도 변경되지 않습니다.
page-refused-other-way = { $person } 님이 다른 방법을 승인했습니다. 그 방법을 승인하거나 변경을 거절하십시오.
page-refused-not-entitled = 계정 { $account }의 변경을 승인할 수 없습니다. 소유자가 결정합니다.
page-refused-benefits = 귀하는 { $principal } 주체로 활동하며, 이 변경은 해당 주체를 허용합니다. 자신에게 권한을 주는 변경은 승인할 수 없습니다. 다른 소유자에게 요청하십시오.
page-refused-incomplete = 이유와 아직 지나지 않은 날짜가 필요합니다.
page-refused-undo = 변경이 적용된 계정의 소유자만 되돌릴 수 있습니다.
