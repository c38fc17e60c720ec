# 인시던트의 상태에 대한 비고와, 변경하거나 되돌리지 못한 이유. 제목 뒤나 문장 안에 들어가므로 끝에 마침표를
# 찍지 않습니다.

## 하나로 합친 두 비고 사이의 구분.

remark-separator = {". "}

## 계획, 요청, 알림이 없는 이유.

remark-facts-missing = 결정적인 정보가 없어 계획하지 않습니다
remark-approvals-off = 계획은 있지만 approval.enabled가 true가 아닙니다
remark-nobody-owns = 계획은 있지만 approval.owners에 계정 { $account }의 소유자가 지정되어 있지 않습니다
remark-passed-over = 구성에 따라 이 보안 주체는 처리하지 않습니다
remark-suppressed = { $reason }({ $until }까지)

## 사람이 말한 것: 본인이 쓴 이유와 그 사람.

remark-said = { $reason }({ $person })
remark-said-until = { $reason }({ $person }, { $until }까지)
remark-rescoped = 다른 범위로 다시 계획했습니다: { $scope }({ $person })

## 시간이 지나 끝난 것.

remark-unanswered = 기한 내에 응답이 없었습니다
remark-not-made-in-time = 승인되었지만 기한 내에 적용되지 않았습니다
remark-over = 유효 기간이 끝났습니다

## 승인된 변경을 적용하지 않는 이유.

remark-no-plan = 인시던트에 저장된 계획이 없습니다
remark-turned-off = approval.enabled가 더 이상 true가 아니므로 아무것도 변경하지 않습니다
remark-not-approved = 아무도 승인하지 않았습니다
remark-other-plan = 계획이 승인된 것과 다릅니다
remark-approved-too-long-ago = 승인한 지 너무 오래되었습니다
remark-not-trusted = accounts.trusted에 { $account } 계정이 없습니다
remark-other-changes = 변경이 승인된 것과 다릅니다. 다시 계획하십시오
remark-statements = `{ $target }`: 추가할 문이 변경 전후 문서의 차이와 일치하지 않습니다. 다시 계획하십시오

## 변경을 되돌린 후의 계정 상태.

# 남아 있는 것이나 지적 사항이 여러 개일 때의 구분.
left-separator = {". "}
remark-account = 계정 { $account }: { $what }
remark-account-as-it-was = 계정 { $account }: 변경 전 상태입니다
left-stands = `{ $target }`에 대한 { $kind } 변경이 남아 있습니다
left-open = `{ $target }`에 대한 { $kind } 변경이 남아 있는지 알 수 없습니다
left-changed = `{ $target }`에 대한 { $kind } 변경은 다른 사람이 변경하여 남겨 두었습니다: { $how }
left-stuck = `{ $target }`에 대한 { $kind } 변경을 되돌리지 못했습니다: { $why }

## 변경의 효과.

remark-denied-again = 변경이 적용되어 있지만 { $at }에 다시 거부되었습니다
remark-public = 변경이 적용되어 있지만 모두에게 공개될 수 있습니다: { $objections }
remark-still-denied = 변경이 적용되어 있지만 호출은 여전히 거부됩니다
remark-still-denied-because = 변경이 적용되어 있지만 호출은 여전히 거부됩니다: { $cause }
remark-not-verified = 검증하지 못했습니다: { $why }
remark-not-verified-facts = 검증하지 못했습니다: 정보가 부족합니다
remark-unverified = 미검증: 모든 정책이 호출을 허용하지만 이후 성공한 호출은 아직 확인되지 않았습니다
remark-unverified-success = 미검증: 호출은 { $at }에 성공했습니다
remark-unverified-unseen = 미검증: { $why }
remark-succeeded = 호출이 { $at }에 성공했습니다

## AWS의 자체 검사가 변경에 대해 지적하는 것. `about`은 권한 등의 이름이고 `why`는 검사에서 나온 표현입니다.

remark-objects = { $adviser }에서 { $about }에 대한 문제를 지적했습니다: { $why }
adviser-policy-validation = IAM Access Analyzer의 정책 검증
adviser-public-access = IAM Access Analyzer의 퍼블릭 액세스 검사
adviser-simulator = IAM 정책 시뮬레이터

## 변경을 적용하거나 되돌리지 못한 이유. `kind`는 put_bucket_policy와 같은 작업 이름입니다.

why-at = 계정 { $account }의 `{ $target }`에 대한 { $kind }: { $why }
why-changed-since-planned = 계획한 이후 변경되었습니다: { $how }. 다시 계획하십시오
why-changed-meanwhile = 쓰기 직전에 변경되었습니다: { $how }. 다시 계획하십시오
why-not-there = 쓴 내용이 반영되어 있지 않습니다: { $how }
why-still-there = 제거했지만 아직 남아 있습니다
why-not-read-back = 다시 읽어 확인하지 못했습니다: { $why }
why-keeps-changing = 다른 곳에서 계속 변경하고 있습니다. 나중에 다시 시도하십시오
why-held = 다른 작업에서 `{ $resource }` 잠금을 보유하고 있습니다. 나중에 다시 시도하십시오
why-lock-lost = `{ $resource }` 잠금이 만료되어 다른 작업에서 가져갔습니다
why-other-outcome = 문을 추가해도 계획한 내용과 같아지지 않습니다
why-left = 일부를 되돌리지 못했습니다

## 다른 사람이 문서에서 변경한 것. 위의 `how`입니다. 여러 개이면 차례로 이어집니다.

difference-separator = {"; "}
difference-more = 그 밖에 차이가 { $count }건 더 있습니다
difference-deleted = 삭제되었습니다
difference-made = 이전에 없던 것이 생성되었습니다
difference-nothing = 존재하지 않습니다
difference-rewritten = 다시 작성되었습니다
difference-member-added = `{ $name }` 항목이 추가되었습니다
difference-member-removed = `{ $name }` 항목이 제거되었습니다
difference-member-changed = `{ $name }` 항목이 변경되었습니다
difference-statement-added = `{ $sid }` 문이 추가되었습니다
difference-statement-removed = `{ $sid }` 문이 제거되었습니다
difference-statement-changed = `{ $sid }` 문이 변경되었습니다
difference-statement-altered = `{ $sid }` 문이 쓴 내용과 다릅니다
difference-unnamed-added = `Sid` 없는 `Statement[{ $index }]` 문이 추가되었습니다
difference-unnamed-removed = `Sid` 없는 `Statement[{ $index }]` 문이 제거되었습니다
difference-missing = `{ $names }` 항목이 쓴 그대로 남아 있지 않습니다
