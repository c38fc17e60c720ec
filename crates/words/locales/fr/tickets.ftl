# Ce que disent les tickets.

ticket-title = Refus opposé à { $principal } : { $operation } sur { $resource }
ticket-title-early = Refus opposé à { $principal } sur { $resource } : { $class }
ticket-state = { $state }. { $sentence }
ticket-report = Le rapport complet
ticket-shortened = Ce texte a été raccourci pour tenir ici. Le rapport contient l'intégralité.
ticket-more = { $count ->
        [one] encore { $count }
       *[other] encore { $count }
    }

## Labels of facts.

ticket-incident = Incident
ticket-principal-account = Compte de l'appelant
ticket-resource-account = Compte de la ressource
ticket-operation = Opération
ticket-prefix = Dossier
ticket-key = Clé KMS
ticket-denials = Refus
ticket-openings = Nombre d'ouvertures
ticket-event = Événement CloudTrail
ticket-event-time = Heure de l'événement
ticket-caller = Appelant dans l'événement
ticket-called-on = Appel effectué sur
ticket-region = Région
ticket-error-code = Code d'erreur
ticket-aws-message = Message d'AWS
ticket-verdict = Verdict

## Causes and evidence.

ticket-in-account = Compte { $account } : { $text }
ticket-no-diagnosis = Les causes sont en cours de recherche.
ticket-evidence = Éléments de preuve
ticket-unknowns = { $count ->
        [one] { $count } fait n'a pas pu être vu ; le rapport le précise.
       *[other] { $count } faits n'ont pas pu être vus ; le rapport les précise.
    }

## The plan.

ticket-changes = Modification proposée
ticket-reach = Portée : { $scope }. Empreinte des modifications : { $digest }
ticket-expires = Les modifications cessent de produire effet le { $at }.
ticket-change = { $change } { $why } Risque : { $risk }.
ticket-partly = Les modifications seules ne suffisent pas : une intervention manuelle est également nécessaire.
ticket-by-hand = Compte { $account }, { $target } : { $what }
ticket-undo = { $count ->
        [one] Un propriétaire annule la modification dans la messagerie ou sur la page, avec « Annuler la modification ». Concrètement :
       *[other] Un propriétaire annule les { $count } modifications dans la messagerie ou sur la page, avec « Annuler la modification », la dernière en premier. Concrètement :
    }
ticket-inverse = { $target } : { $inverse }

## What was done.

ticket-done = Ce qui a été fait
ticket-step = { $at }, { $status } : { $change }
ticket-step-planned = pas commencée
ticket-step-writing = en cours d'écriture
ticket-step-written = écrite et relue
ticket-step-stood = déjà en place auparavant
ticket-step-failed = non effectuée ({ $why })
ticket-step-undoing = en cours d'annulation
ticket-step-undone = annulée
ticket-step-kept = conservée, car d'autres en dépendent
ticket-step-changed = laissée en l'état, car d'autres l'ont modifiée ({ $why })
ticket-step-stuck = n'a pas pu être annulée ({ $why })

## Approvals.

ticket-approvals = Approbations
ticket-approved = { $person } a approuvé pour le compte { $account } le { $at }.
ticket-broke-glass = { $person } a approuvé en urgence (break-glass) pour le compte { $account } le { $at }. Motif : { $reason }
ticket-missing = Compte { $account } : { $given ->
        [one] { $given } approbation donnée
       *[other] { $given } approbations données
    } sur { $quorum ->
        [one] { $quorum } requise
       *[other] { $quorum } requises
    }.
ticket-nobody-may = Compte { $account } : personne n'est habilité à y approuver des modifications.
ticket-asked-until = Les réponses sont prises en compte jusqu'au { $at }.
ticket-rejected = { $person } a rejeté les modifications le { $at }. Motif : { $reason }
ticket-suppressed = { $person } a masqué ce refus jusqu'au { $until }, le { $at }. Motif : { $reason }
ticket-wants-undo = { $person } a demandé l'annulation des modifications le { $at }. Motif : { $reason }

## Comments.

ticket-came-back = Le refus s'est reproduit. Ouverture numéro { $count } ; dernier refus le { $at }.
