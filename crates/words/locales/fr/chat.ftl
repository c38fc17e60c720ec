# Ce qu'on lit et ce qu'on répond dans la messagerie. Les titres et boutons des boîtes de dialogue ont 24
# lettres au plus, les boutons des messages 75.

## Le message.

chat-headline = { $operation } refusé sur { $resource }
chat-headline-early = Refus sur { $resource } : { $class }
chat-fallback = { $headline }. { $state }.
chat-in-account = dans le compte { $account }
chat-for-account = pour le compte { $account }
chat-by-break-glass = en urgence (break-glass) : { $reason }
chat-more-causes = { $count ->
        [one] Une autre cause figure dans le rapport.
       *[other] { $count } autres causes figurent dans le rapport.
    }
chat-cut = Le texte est coupé ici. L'intégralité figure dans le rapport et dans le ticket.
chat-label-remark = Remarque
chat-label-change = Modification proposée
chat-label-ends = Fin des modifications le
chat-label-digest = Empreinte
chat-label-done = Ce qui a été fait
chat-label-layers = Ce que dit chaque couche de politiques
chat-label-aws = Ce que dit AWS
chat-label-unknown = Ce qui n'a pas pu être vu
chat-label-approved = Approuvé par
chat-label-missing = Il manque encore
chat-label-answer-until = Réponses prises en compte jusqu'au
chat-label-until = Jusqu'au
chat-ended-rejected = Rejeté par
chat-ended-suppressed = Masqué par
chat-ended-undo = Annulation demandée par
chat-missing = compte { $account } : { $given ->
        [one] { $given } approbation
       *[other] { $given } approbations
    } sur { $quorum }
chat-missing-nobody = compte { $account } : la configuration ne désigne aucun propriétaire
chat-link-ticket = Ticket { $name }
chat-link-report = Rapport
chat-incident = Incident { $id }

## Ce qu'est devenue une modification.

chat-step-planned = Rien n'est encore écrit.
chat-step-writing = Écriture en cours.
chat-step-written = Effectué.
chat-step-stood = Déjà en place auparavant.
chat-step-failed = N'a pas pu être effectué :
chat-step-undoing = Annulation en cours.
chat-step-undone = Annulé.
chat-step-kept = Conservé, car d'autres en dépendent.
chat-step-changed-by-others = Conservé, car modifié par d'autres :
chat-step-stuck = N'a pas pu être annulé :

## Boutons.

chat-button-approve = Approuver
chat-button-reject = Rejeter
chat-button-suppress = Masquer : ce refus est justifié
chat-button-narrower = Restreindre : { $scope }
chat-button-wider = Élargir : { $scope }
chat-button-details = Tout afficher
chat-button-break-glass = Approuver en urgence (break-glass)
chat-button-undo = Annuler la modification
chat-button-decide = Consulter et décider
chat-confirm-approve-title = Approuver ces modifications ?
chat-confirm-approve-text = Vous acceptez exactement les modifications affichées ici, dans les comptes dont vous êtes propriétaire. Elles sont effectuées une fois tous les propriétaires d'accord.
chat-confirm-approve-yes = Approuver
chat-confirm-no = Annuler
chat-confirm-scope-title = Établir un nouveau plan ?
chat-confirm-scope-text = Un nouveau plan est établi pour cette portée : { $scope }. Les approbations déjà données ne comptent plus.
chat-confirm-scope-yes = Établir le plan

## Boîtes de dialogue.

chat-dialog-reject-title = Rejeter la modification
chat-dialog-reject-submit = Rejeter
chat-dialog-reject-text = Rien n'est modifié et l'appel reste refusé.
chat-dialog-suppress-title = Masquer ce refus
chat-dialog-suppress-submit = Masquer
chat-dialog-suppress-text = Le refus est justifié : rien n'est modifié et, jusqu'au jour que vous choisissez, plus personne n'en est averti.
chat-dialog-break-glass-title = Approbation d'urgence
chat-dialog-break-glass-submit = Approuver maintenant
chat-dialog-break-glass-text = Les modifications sont effectuées immédiatement, dans tous les comptes, sans attendre les propriétaires. Tout le monde est informé que c'était vous, et pourquoi.
chat-dialog-undo-title = Annuler la modification
chat-dialog-undo-submit = Annuler la modification
chat-dialog-undo-text = Ce qui a été modifié est retiré, et l'appel peut de nouveau être refusé. Ce dont d'autres incidents dépendent est conservé, de même que ce que d'autres ont modifié depuis.
chat-dialog-details-title = Tous les détails
chat-dialog-told-title = Locksmith
chat-dialog-cancel = Annuler
chat-dialog-close = Fermer
chat-dialog-reason = Motif
chat-dialog-reason-hint = Il est conservé avec la décision et visible par les autres.
chat-dialog-until = Jusqu'à la fin de ce jour
chat-dialog-until-hint = Le jour se termine selon l'heure UTC.
chat-break-glass-note = En cas d'urgence, les modifications peuvent être approuvées d'un coup pour tous les comptes. Tout le monde en est informé.

## L'effet d'une décision.

chat-decided-counted = Votre approbation est prise en compte. Il manque encore : { $missing }.
chat-decided-now = Votre décision est prise en compte. État de l'incident : { $state }.
chat-decided-before = Cela avait déjà été décidé, et rien ne change. État de l'incident : { $state }.
chat-failed-store = Votre décision n'a pas pu être enregistrée. Veuillez réessayer dans un instant.
chat-failed-announce = Votre décision est enregistrée et prendra effet un peu plus tard. Vous n'avez rien à faire.
chat-failed-late = Il n'est pas certain que votre décision ait été enregistrée : cela a pris trop de temps. Consultez le message dans un instant, et cliquez de nouveau si rien n'a changé.
chat-failed-groups = La messagerie n'a pas indiqué à temps à quels groupes vous appartenez. Veuillez cliquer de nouveau.
chat-failed-dialog = La boîte de dialogue n'a pas pu s'ouvrir. Veuillez cliquer de nouveau.
chat-refused-gone = Cet incident n'existe plus.
chat-refused-off = Rien n'est approuvé ici : les approbations sont désactivées dans la configuration.
chat-refused-other-plan = Le plan a changé entre-temps. Consultez le message tel qu'il est maintenant et décidez de nouveau.
chat-refused-other-question = Cette question n'est plus posée, ou a été posée de nouveau. Consultez le message tel qu'il est maintenant et décidez de nouveau.
chat-refused-same-scope = Le plan a déjà cette portée : { $scope }.
chat-refused-wrong-state = Rien n'est demandé en ce moment. État de l'incident : { $state }.
chat-refused-too-late = Il est trop tard pour donner votre accord. Un nouveau plan doit être établi et soumis.
chat-refused-untouched = Rien ne serait modifié dans le compte { $account }.
chat-refused-other-way = { $person } a approuvé une autre solution. Approuvez celle-là ou rejetez le plan.
chat-refused-not-entitled = { $person } ne peut pas décider pour le compte { $account }. Adressez-vous à ses propriétaires.
chat-refused-benefits = { $person } agit en tant que { $principal }, que les modifications autorisent. Personne n'approuve ce qui lui donne accès : adressez-vous à un autre propriétaire.
chat-refused-other-changes = { $person } a approuvé d'autres modifications que celles-ci.
chat-refused-stale = { $person } a donné son approbation le { $at }, ce qui est trop ancien.
chat-refused-incomplete = Un motif est nécessaire et, pour masquer un refus, un jour qui n'est pas passé.
chat-refused-unknown = La configuration ne désigne personne avec votre identifiant ({ $user }). Demandez à l'équipe qui gère Locksmith de vous ajouter.
chat-refused-elsewhere = Vous appartenez à un autre espace de travail ({ $user }). Seuls les membres de celui-ci décident ici.

## Messages à ceux qui ont été consultés.

chat-notice-reminder = { $number ->
        [1] Votre réponse est attendue. Veuillez examiner la modification proposée.
       *[other] Votre réponse est toujours attendue (rappel { $number }). Veuillez examiner la modification proposée.
    }
chat-notice-escalation = Les propriétaires ne répondent pas depuis longtemps. Veuillez faire en sorte que quelqu'un réponde.
chat-notice-break-glass = { $person } a approuvé des modifications en urgence (break-glass), sans attendre les propriétaires. Motif : { $reason }

## Pages derrière les liens.

chat-page-title = Locksmith
chat-page-as = Vous décidez en tant que { $person }.
chat-link-over = Ce lien a expiré. Cherchez un message plus récent.
chat-link-wrong = Ce lien est incomplet. Copiez-le en entier depuis le message, puis ouvrez-le de nouveau.
