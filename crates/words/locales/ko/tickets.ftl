# 티켓에 표시되는 내용입니다.

ticket-title = { $resource }에 대한 { $principal }의 { $operation } 거부됨
ticket-title-early = { $resource }에 대한 { $principal }의 { $class } 거부됨
ticket-state = { $state }. { $sentence }
ticket-report = 전체 보고서
ticket-shortened = 이 글은 여기에 맞게 줄인 것입니다. 전체 내용은 보고서에 있습니다.
ticket-more = 외 { $count }건

## Labels of facts.

ticket-incident = 인시던트
ticket-principal-account = 호출자의 계정
ticket-resource-account = 리소스의 계정
ticket-operation = 작업
ticket-prefix = 폴더
ticket-key = KMS 키
ticket-denials = 거부 횟수
ticket-openings = 열린 횟수
ticket-event = CloudTrail 이벤트
ticket-event-time = 이벤트 시각
ticket-caller = 이벤트의 호출자
ticket-called-on = 호출 대상
ticket-region = 리전
ticket-error-code = 오류 코드
ticket-aws-message = AWS 메시지
ticket-verdict = 판정

## Causes and evidence.

ticket-in-account = 계정 { $account }: { $text }
ticket-no-diagnosis = 원인을 찾고 있습니다.
ticket-evidence = 근거
ticket-unknowns = 확인할 수 없었던 사항이 { $count }건 있습니다. 보고서에 명시되어 있습니다.

## The plan.

ticket-changes = 제안된 변경
ticket-reach = 범위: { $scope }. 변경 다이제스트: { $digest }
ticket-expires = 이 변경은 { $at }에 만료됩니다.
ticket-change = { $change } { $why } 위험: { $risk }.
ticket-partly = 이 변경만으로는 충분하지 않습니다. 수동으로 할 일도 있습니다.
ticket-by-hand = 계정 { $account }, { $target }: { $what }
ticket-undo = 소유자는 채팅이나 페이지의 ‘변경 되돌리기’로 변경 { $count }건을 마지막 것부터 되돌릴 수 있습니다. 내용은 다음과 같습니다.
ticket-inverse = { $target }: { $inverse }

## What was done.

ticket-done = 적용한 내용
ticket-step = { $at }, { $status }: { $change }
ticket-step-planned = 시작하지 않음
ticket-step-writing = 쓰는 중
ticket-step-written = 쓰고 다시 읽어 확인함
ticket-step-stood = 이전부터 있었음
ticket-step-failed = 적용하지 못함({ $why })
ticket-step-undoing = 되돌리는 중
ticket-step-undone = 되돌림
ticket-step-kept = 다른 항목이 의존하여 유지함
ticket-step-changed = 다른 사람이 변경하여 그대로 둠({ $why })
ticket-step-stuck = 되돌리지 못함({ $why })

## Approvals.

ticket-approvals = 승인
ticket-approved = { $person } 님이 계정 { $account }에 대해 { $at }에 승인했습니다.
ticket-broke-glass = { $person } 님이 계정 { $account }에 대해 { $at }에 긴급 승인(break-glass)으로 승인했습니다. 이유: { $reason }
ticket-missing = 계정 { $account }: { $quorum }명 중 { $given }명이 승인했습니다.
ticket-nobody-may = 계정 { $account }: 변경을 승인할 수 있는 사람이 없습니다.
ticket-asked-until = 응답 기한은 { $at }입니다.
ticket-rejected = { $person } 님이 { $at }에 변경을 거절했습니다. 이유: { $reason }
ticket-suppressed = { $person } 님이 { $at }에 이 거부의 알림을 { $until }까지 중지했습니다. 이유: { $reason }
ticket-wants-undo = { $person } 님이 { $at }에 변경 되돌리기를 요청했습니다. 이유: { $reason }

## Comments.

ticket-came-back = 거부가 다시 발생했습니다. { $count }번째로 열렸으며 최근 거부는 { $at }입니다.
