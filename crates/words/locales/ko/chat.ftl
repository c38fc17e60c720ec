# 채팅에서 읽고 답하는 문구. 대화 상자의 제목과 버튼은 24자 이하, 메시지의 버튼은 75자 이하.

## 메시지.

chat-headline = { $resource }에 대한 { $operation } 거부됨
chat-headline-early = { $resource }에 대한 { $class } 거부됨
chat-fallback = { $headline }: { $state }
chat-in-account = (계정 { $account })
chat-for-account = (계정 { $account })
chat-by-break-glass = 긴급 승인(break-glass): { $reason }
chat-more-causes = 원인이 { $count }개 더 있습니다. 보고서를 확인하십시오.
chat-cut = 여기서부터 생략되었습니다. 전체 내용은 보고서와 티켓에 있습니다.
chat-label-remark = 비고
chat-label-change = 제안된 변경
chat-label-ends = 변경 만료
chat-label-digest = 다이제스트
chat-label-done = 적용한 내용
chat-label-layers = 각 정책 계층의 판정
chat-label-aws = AWS 메시지
chat-label-unknown = 확인할 수 없었던 사항
chat-label-approved = 승인자
chat-label-missing = 부족한 승인
chat-label-answer-until = 응답 기한
chat-label-until = 기한
chat-ended-rejected = 거절한 사람
chat-ended-suppressed = 알림을 중지한 사람
chat-ended-undo = 되돌리기를 요청한 사람
chat-missing = 계정 { $account }: { $quorum }명 중 { $given }명 승인
chat-missing-nobody = 계정 { $account }: 구성에 소유자가 지정되어 있지 않습니다
chat-link-ticket = 티켓 { $name }
chat-link-report = 보고서
chat-incident = 인시던트 { $id }

## 변경의 결과.

chat-step-planned = 아직 쓰지 않았습니다.
chat-step-writing = 쓰는 중입니다.
chat-step-written = 적용했습니다.
chat-step-stood = 이전부터 있었습니다.
chat-step-failed = 적용하지 못했습니다:
chat-step-undoing = 되돌리는 중입니다.
chat-step-undone = 되돌렸습니다.
chat-step-kept = 다른 항목이 의존하고 있어 남겨 두었습니다.
chat-step-changed-by-others = 다른 사람이 변경하여 남겨 두었습니다:
chat-step-stuck = 되돌리지 못했습니다:

## 버튼.

chat-button-approve = 승인
chat-button-reject = 거절
chat-button-suppress = 알림 중지: 이 거부는 정당합니다
chat-button-narrower = 범위 축소: { $scope }
chat-button-wider = 범위 확대: { $scope }
chat-button-details = 모두 보기
chat-button-break-glass = 긴급 승인(break-glass)
chat-button-undo = 변경 되돌리기
chat-button-decide = 확인하고 결정하기
chat-confirm-approve-title = 이 변경을 승인하시겠습니까?
chat-confirm-approve-text = 소유한 계정에서 여기에 표시된 변경 그대로를 승인합니다. 변경은 모든 소유자가 승인한 후에 적용됩니다.
chat-confirm-approve-yes = 승인
chat-confirm-no = 취소
chat-confirm-scope-title = 다시 계획하시겠습니까?
chat-confirm-scope-text = 다음 범위로 변경을 다시 계획합니다: { $scope }. 지금까지의 승인은 더 이상 유효하지 않습니다.
chat-confirm-scope-yes = 다시 계획

## 대화 상자.

chat-dialog-reject-title = 변경 거절
chat-dialog-reject-submit = 거절
chat-dialog-reject-text = 아무것도 변경되지 않으며 호출은 계속 거부됩니다.
chat-dialog-suppress-title = 거부 알림 중지
chat-dialog-suppress-submit = 알림 중지
chat-dialog-suppress-text = 거부는 정당하며 아무것도 변경되지 않습니다. 선택한 날까지 이 거부는 누구에게도 알리지 않습니다.
chat-dialog-break-glass-title = 긴급 승인
chat-dialog-break-glass-submit = 지금 승인
chat-dialog-break-glass-text = 소유자의 응답을 기다리지 않고 모든 계정에 즉시 변경이 적용됩니다. 승인한 사람과 이유가 모두에게 통지됩니다.
chat-dialog-undo-title = 변경 되돌리기
chat-dialog-undo-submit = 변경 되돌리기
chat-dialog-undo-text = 변경한 내용을 다시 제거하며 호출은 이전처럼 거부될 수 있습니다. 다른 인시던트가 의존하는 것과 그 후 다른 사람이 변경한 것은 남겨 둡니다.
chat-dialog-details-title = 전체 내용
chat-dialog-told-title = Locksmith
chat-dialog-cancel = 취소
chat-dialog-close = 닫기
chat-dialog-reason = 이유
chat-dialog-reason-hint = 결정과 함께 보관되며 다른 사람에게도 표시됩니다.
chat-dialog-until = 이 날이 끝날 때까지
chat-dialog-until-hint = 하루의 끝은 UTC 기준입니다.
chat-break-glass-note = 긴급 시에는 모든 계정에 대해 변경을 한 번에 승인할 수 있습니다. 이 사실은 모두에게 통지됩니다.

## 결정의 결과.

chat-decided-counted = 승인이 반영되었습니다. 부족한 승인: { $missing }.
chat-decided-now = 결정이 반영되었습니다. 인시던트의 현재 상태: { $state }.
chat-decided-before = 이미 결정된 사항이므로 변경된 것이 없습니다. 인시던트의 상태: { $state }.
chat-failed-store = 지금은 결정을 기록하지 못했습니다. 잠시 후 다시 시도하십시오.
chat-failed-announce = 결정이 기록되었으며 잠시 후 반영됩니다. 추가로 하실 일은 없습니다.
chat-failed-late = 시간이 너무 오래 걸려 결정이 기록되었는지 확실하지 않습니다. 잠시 후 메시지를 확인하고, 바뀐 것이 없으면 다시 클릭하십시오.
chat-failed-groups = 채팅에서 소속 그룹을 제때 확인하지 못했습니다. 다시 클릭하십시오.
chat-failed-dialog = 대화 상자를 열 수 없습니다. 다시 클릭하십시오.
chat-refused-gone = 이 인시던트는 더 이상 존재하지 않습니다.
chat-refused-off = 여기서는 승인할 수 없습니다. 구성에서 승인이 꺼져 있습니다.
chat-refused-other-plan = 그 사이에 계획이 변경되었습니다. 현재 메시지를 확인하고 다시 결정하십시오.
chat-refused-other-question = 이 요청은 종료되었거나 새로 요청되었습니다. 현재 메시지를 확인하고 다시 결정하십시오.
chat-refused-same-scope = 이미 이 범위로 계획되어 있습니다: { $scope }.
chat-refused-wrong-state = 지금은 요청된 것이 없습니다. 인시던트의 상태: { $state }.
chat-refused-too-late = 승인 기한이 지났습니다. 다시 계획하고 소유자에게 다시 요청해야 합니다.
chat-refused-untouched = 계정 { $account }에서는 변경되는 것이 없습니다.
chat-refused-other-way = { $person } 님이 다른 방법을 승인했습니다. 그 방법을 승인하거나 계획을 거절하십시오.
chat-refused-not-entitled = { $person } 님은 계정 { $account }에 대해 결정할 수 없습니다. 소유자에게 요청하십시오.
chat-refused-benefits = { $person } 님은 { $principal } 주체로 활동하며, 이 변경은 해당 주체를 허용합니다. 자신에게 권한을 주는 변경은 승인할 수 없습니다. 다른 소유자에게 요청하십시오.
chat-refused-other-changes = { $person } 님은 다른 변경을 승인했습니다.
chat-refused-stale = { $person } 님의 승인({ $at })은 너무 오래되었습니다.
chat-refused-incomplete = 이유가 필요하며, 알림을 중지하려면 아직 지나지 않은 날짜도 필요합니다.
chat-refused-unknown = 사용자 ID({ $user })가 구성에 없습니다. Locksmith 관리자에게 추가를 요청하십시오.
chat-refused-elsewhere = 다른 워크스페이스의 구성원입니다({ $user }). 이 워크스페이스의 구성원만 여기서 결정할 수 있습니다.

## 요청받은 사람에게 보내는 알림.

chat-notice-reminder = { $number ->
        [1] 응답을 기다리고 있습니다. 제안된 변경을 확인하십시오.
       *[other] 아직 응답이 없습니다({ $number }번째 알림). 제안된 변경을 확인하십시오.
    }
chat-notice-escalation = 소유자가 오랫동안 응답하지 않았습니다. 누군가 응답하도록 조치해 주십시오.
chat-notice-break-glass = { $person } 님이 소유자의 응답을 기다리지 않고 긴급 승인(break-glass)으로 변경을 승인했습니다. 이유: { $reason }

## 링크로 여는 페이지.

chat-page-title = Locksmith
chat-page-as = { $person } 님으로 결정합니다.
chat-link-over = 이 링크는 만료되었습니다. 최신 메시지를 확인하십시오.
chat-link-wrong = 이 링크는 일부가 잘렸습니다. 메시지에서 링크 전체를 복사하여 다시 여십시오.
