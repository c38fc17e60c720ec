# Remarques sur l'état d'un incident, et pourquoi quelque chose n'a pas pu être modifié ou annulé. Elles
# commencent par une minuscule et n'ont pas de point final : elles suivent un intitulé ou sont dans une phrase.

## Ce qui sépare deux remarques réunies en une.

remark-separator = {" – "}

## Pourquoi rien n'est établi, demandé ni annoncé.

remark-facts-missing = il manque des faits décisifs : aucun plan n'est établi
remark-approvals-off = un plan existe ; approval.enabled n'est pas à true
remark-nobody-owns = un plan existe ; approval.owners ne désigne personne pour le compte { $account }
remark-passed-over = la configuration exclut ce principal
remark-suppressed = { $reason } (jusqu'au { $until })

## Ce que des personnes ont dit : un motif dans leurs propres mots, et qui l'a donné.

remark-said = { $reason } ({ $person })
remark-said-until = { $reason } ({ $person }, jusqu'au { $until })
remark-rescoped = nouveau plan avec une autre portée : { $scope } ({ $person })

## Ce à quoi le temps a mis fin.

remark-unanswered = personne n'a répondu à temps
remark-not-made-in-time = la modification a été approuvée, mais pas appliquée à temps
remark-over = la durée prévue est écoulée

## Pourquoi ce qui a été approuvé n'est pas effectué.

remark-no-plan = aucun plan n'accompagne l'incident
remark-turned-off = rien n'est modifié : approval.enabled n'est plus à true
remark-not-approved = personne n'a rien approuvé
remark-other-plan = le plan n'est pas celui qui a été approuvé
remark-approved-too-long-ago = l'approbation est trop ancienne
remark-not-trusted = le compte { $account } ne figure pas dans accounts.trusted
remark-other-changes = les modifications ne sont pas celles qui ont été approuvées ; établissez un nouveau plan
remark-statements = `{ $target }` : les instructions à ajouter ne sont pas ce qui distingue le document avant et après ; établissez un nouveau plan

## L'état d'un compte après l'annulation de modifications.

# Ce qui sépare plusieurs choses qui restent, ou plusieurs objections.
left-separator = {" ; "}
remark-account = compte { $account } : { $what }
remark-account-as-it-was = compte { $account } : tout est comme avant
left-stands = { $kind } sur `{ $target }` reste en place
left-open = on ne sait pas si { $kind } sur `{ $target }` est en place
left-changed = { $kind } sur `{ $target }` a été laissé en l'état, car modifié par d'autres : { $how }
left-stuck = { $kind } sur `{ $target }` n'a pas pu être annulé : { $why }

## Si une modification a aidé.

remark-denied-again = nouveau refus le { $at }, bien que la modification soit en place
remark-public = la modification est en place, mais elle ouvre peut-être l'accès à tout le monde : { $objections }
remark-still-denied = la modification est en place, mais l'appel est toujours refusé
remark-still-denied-because = la modification est en place, mais l'appel est toujours refusé : { $cause }
remark-not-verified = non vérifié : { $why }
remark-not-verified-facts = non vérifié : il manque des faits
remark-unverified = non vérifié : toutes les politiques autorisent l'appel, mais aucun succès n'a été observé depuis
remark-unverified-success = non vérifié : l'appel a réussi le { $at }
remark-unverified-unseen = non vérifié : { $why }
remark-succeeded = l'appel a réussi le { $at }

## Ce que les propres conseillers d'AWS objectent à une modification. Ce qu'ils mettent en cause est un nom,
## par exemple une autorisation ; la raison est donnée dans leurs propres mots.

remark-objects = { $adviser } met en cause { $about } : { $why }
adviser-policy-validation = la validation des politiques d'IAM Access Analyzer
adviser-public-access = la vérification de l'accès public d'IAM Access Analyzer
adviser-simulator = le simulateur de politiques IAM

## Pourquoi une modification n'a pas pu être effectuée ou annulée. `kind` est le nom d'une opération, par
## exemple put_bucket_policy.

why-at = { $kind } sur `{ $target }` dans le compte { $account } : { $why }
why-changed-since-planned = l'existant a changé depuis l'établissement du plan : { $how } ; établissez un nouveau plan
why-changed-meanwhile = l'existant a changé juste avant l'écriture : { $how } ; établissez un nouveau plan
why-not-there = ce qui a été écrit ne s'y trouve pas : { $how }
why-still-there = ce qui a été retiré s'y trouve encore
why-not-read-back = la relecture a échoué : { $why }
why-keeps-changing = d'autres ne cessent d'y apporter des modifications ; réessayez plus tard
why-held = un autre traitement verrouille `{ $resource }` ; réessayez plus tard
why-lock-lost = le verrou de `{ $resource }` a expiré, et un autre traitement l'a pris
why-other-outcome = avec les instructions ajoutées, le résultat ne serait pas celui du plan
why-left = tout n'a pas pu être annulé

## Ce que d'autres ont modifié dans un document : `how` ci-dessus. Plusieurs peuvent se suivre.

difference-separator = {", "}
difference-more = { $count ->
        [one] et une autre différence
       *[other] et { $count } autres différences
    }
difference-deleted = le document a été supprimé
difference-made = un document a été créé, alors qu'il n'y en avait aucun
difference-nothing = aucun document n'existe
difference-rewritten = le document a été réécrit
difference-member-added = `{ $name }` a été ajouté
difference-member-removed = `{ $name }` a été retiré
difference-member-changed = `{ $name }` a été modifié
difference-statement-added = l'instruction `{ $sid }` a été ajoutée
difference-statement-removed = l'instruction `{ $sid }` a été retirée
difference-statement-changed = l'instruction `{ $sid }` a été modifiée
difference-statement-altered = l'instruction `{ $sid }` n'est plus telle qu'elle a été écrite
difference-unnamed-added = l'instruction `Statement[{ $index }]` sans `Sid` a été ajoutée
difference-unnamed-removed = l'instruction `Statement[{ $index }]` sans `Sid` a été retirée
difference-missing = ce qui a été écrit sous `{ $names }` ne s'y trouve plus tel quel
