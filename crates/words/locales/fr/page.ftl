# La page de `locksmith serve`.

## What stands around every page.

page-skip = Aller au contenu
page-navigation = Principal
page-incidents = Incidents
page-language = Langue
page-you-are = Vous êtes { $person }.
page-act-as = Agir en tant que
page-log-out = Se déconnecter
page-place-folder = Les comptes sont des fichiers dans { $folder } : ce qui est approuvé est modifié là et nulle part ailleurs.
page-place-demo = Démonstration : les deux comptes sont des fichiers dans { $folder }. Deux propriétaires doivent approuver, et vous pouvez agir en tant que l'un ou l'autre.

## Pages that say one thing.

page-to-incidents = Aller aux incidents
page-welcome = Vous êtes connecté.
    .title = Bienvenue
page-log-in = Ouvrez le lien que Locksmith a affiché dans son terminal. Il ne sert qu'une fois ; un nouveau vient d'y être affiché si le dernier a servi. Si vous venez d'un autre site et êtes déjà connecté, continuez ci-dessous.
    .title = Connexion
page-nobody = Votre connexion ne désigne aucune des personnes de la configuration de Locksmith. Adressez-vous à l'équipe qui gère Locksmith.
    .title = Inconnu ici
page-left = Vous êtes déconnecté.
    .title = Au revoir
page-stale = Le formulaire appartient à une session terminée ou à une autre session. Rien n'a été fait. Ouvrez de nouveau l'incident et réessayez.
    .title = Formulaire périmé
page-not-found = Cette page n'existe pas, ou l'incident n'est plus conservé.
    .title = Introuvable
page-failed = Le stockage n'a pas pu être lu ou écrit à l'instant. Rien de ce qui vous a été confirmé n'est perdu. Réessayez.
    .title = Réessayez

## Lists.

page-state = État
page-every-state = Tous les états
page-show = Afficher
page-none = Aucun refus n'a encore été vu.
page-none-of = Aucun incident n'est dans cet état.
page-all-of = Tous : { $state }
page-list-title = Incidents : { $state }
page-pages = Pages de la liste
page-first = Première page
page-next = Page suivante
page-what = Qui, et sur quoi
page-why = Pourquoi
page-count = Refus
page-last-seen = Vu pour la dernière fois

## An incident: what was denied, and why.

page-headline = { $who } s'est vu refuser { $operation } sur { $what }
page-headline-early = { $who } s'est vu refuser un appel sur { $what }
page-caller = Appelant
page-resource = Ressource
page-denials = Refus
page-denials-since = { $count ->
        [one] Un seul, le
       *[other] { $count }, le premier le
    }
page-lately = le dernier le
page-why-denied = Pourquoi l'appel a été refusé
page-not-diagnosed = Les politiques des comptes sont en cours de lecture.
page-no-causes = Aucune politique lisible ne bloque l'appel.
page-fix-automatic = Locksmith peut proposer une modification
page-fix-manual = Des personnes doivent décider
page-fix-none = Rien à modifier
page-expected = attendu
page-found = trouvé
page-unknowns = { $count ->
        [one] Un fait qui n'a pas pu être vu
       *[other] { $count } faits qui n'ont pas pu être vus
    }

## What is proposed.

page-change = La modification proposée
page-change-part = Une partie de ce qu'il faut
page-change-made = La modification effectuée
page-change-undone = La modification annulée
page-by-hand = À faire à la main
page-other-ways = Autres solutions
page-scope = Portée
page-ends = Fin
page-risk = Risque
page-difference = Ce qui change dans le document
page-digest = Empreinte de ces modifications exactes :

## What owners are asked.

page-decision = Votre décision
page-now = Maintenant
page-asked-until = Les réponses comptent jusqu'au
page-approvals-missing = { $given ->
        [one] { $given } approbation
       *[other] { $given } approbations
    } sur { $quorum }
page-approvals-given = approuvé
page-approved-at = approuvé le
page-not-yet = pas encore
page-approve = Approuver cette modification
page-approve-binds = Approuve exactement la modification affichée ici, pour chaque compte dont vous êtes propriétaire. Elle est effectuée dès que tous les propriétaires sont d'accord.
page-approve-way = Approuver plutôt cette solution
page-reject = Rejeter …
page-reject-now = Rejeter la modification
page-suppress = Masquer : ce refus est justifié …
page-suppress-means = Rien n'est modifié, et personne n'est plus sollicité avant que ce jour soit passé.
page-suppress-now = Masquer ce refus
page-until = jusqu'au
page-rescope = Une autre portée …
page-rescope-now = Établir un nouveau plan
page-break-glass = Urgence (break-glass) : approuver seul …
page-break-glass-means = La modification est effectuée sans attendre les propriétaires. Tout le monde en est informé, avec votre motif.
page-break-glass-now = Approuver en urgence
page-reason = Motif
page-not-yours = { $person } n'est propriétaire d'aucun de ces comptes : la décision revient aux propriétaires.
page-form-approve = Approuver
page-form-way = Approuver une autre solution
page-form-reject = Rejeter
page-form-suppress = Masquer ce refus
page-form-rescope = Une autre portée
page-form-break-glass = Approbation d'urgence

## What can be done beside deciding.

page-since = Depuis le
page-look-again = Prochain contrôle le
page-reload = Recharger la page
page-call-again = Refaire l'appel
page-call-again-means = Refait l'appel refusé. Les politiques contenues dans les fichiers décident, comme le ferait AWS.
page-undo = Annuler la modification …
page-undo-now = Annuler la modification

## The answer, and the path of the call.

page-matrix = Chaque autorisation, chaque politique
page-permission = Nécessaire
page-answer = Réponse
page-path = Le parcours de l'appel

## What happened.

page-history = Ce qui s'est passé
page-incident = Incident
page-first-seen = Premier refus
page-opened = Incident ouvert
page-seen = { $count ->
        [one] Dernier refus
       *[other] Dernier de { $count } refus
    }
page-openings = { $count ->
        [one] Ouvert une fois
       *[other] Ouvert { $count } fois en tout
    }
page-gave-approval = { $person } a approuvé
page-gave-approval-for = { $person } a approuvé pour le compte { $account }
page-broke-glass = { $person } a approuvé en urgence (break-glass)
page-did-rescope = { $person } a demandé une autre portée : { $scope }
page-did-reject = { $person } a rejeté la modification
page-did-suppress = { $person } a masqué le refus
page-did-undo = { $person } a demandé l'annulation de la modification
page-step-planned = Prévu :
page-step-writing = En cours d'écriture :
page-step-written = Effectué :
page-step-stood = Déjà en place :
page-step-failed = Non effectué :
page-step-undoing = En cours d'annulation :
page-step-undone = Annulé :
page-step-kept = Conservé, car d'autres en dépendent :
page-step-changed-by-others = Laissé tel quel, car modifié par d'autres :
page-step-stuck = N'a pas pu être annulé :

## What was done just now.

page-done-counted = Votre approbation est prise en compte. D'autres manquent encore.
page-done-approved = Tous les propriétaires sont d'accord et la modification est lancée. Le résultat figure ci-dessous.
page-done-rejected = Vous avez rejeté la modification. Rien n'a été modifié.
page-done-suppressed = Le refus est masqué : l'appel reste refusé, et personne n'est plus sollicité d'ici là.
page-done-rescoped = Un nouveau plan est en cours d'établissement.
page-done-before = Cela avait déjà été décidé ; rien n'a été fait deux fois.
page-done-undone = La modification a été annulée.
page-done-underway = Un traitement est en cours. Rechargez dans un instant.
page-done-looked = L'état reste inchangé. Ce qui se trouve maintenant dans les comptes est indiqué ci-dessous.
page-done-succeeded = L'appel a été refait et il a réussi.
page-done-denied = L'appel a été refait et il a été refusé.
page-done-unknown = Impossible de dire si l'appel réussit : il manque des faits décisifs.

## Why something was not done.

page-refused-form = Le formulaire n'a pas pu être lu. Rien n'a été fait : regardez l'incident tel qu'il est maintenant et décidez de nouveau.
page-refused-gone = L'incident n'est plus conservé.
page-refused-off = Rien n'est approuvé ici : approval.enabled n'est pas à true dans la configuration.
page-refused-other-plan = Le plan a changé depuis que vous l'avez vu. Rien n'a été fait : regardez-le tel qu'il est maintenant et décidez de nouveau.
page-refused-other-question = La question a été posée de nouveau depuis. Rien n'a été fait : regardez-la telle qu'elle est maintenant et décidez de nouveau.
page-refused-same-scope = Le plan a déjà cette portée.
page-refused-wrong-state = L'incident est maintenant dans l'état « { $state } » : rien n'est demandé.
page-refused-too-late = Il est trop tard : un nouveau plan doit être établi et soumis aux propriétaires.
page-refused-untouched = Rien n'est modifié dans le compte { $account }.
page-refused-other-way = { $person } a approuvé une autre solution. Approuvez celle-là ou rejetez la modification.
page-refused-not-entitled = Vous ne pouvez pas approuver de modifications dans le compte { $account } : ses propriétaires décident.
page-refused-benefits = Vous agissez en tant que { $principal }, à qui la modification donne accès. Nul n'approuve ce qui lui donne accès : adressez-vous à un autre propriétaire.
page-refused-incomplete = Il faut un motif et une date qui ne soit pas passée.
page-refused-undo = Seul un propriétaire d'un compte où la modification a été effectuée peut l'annuler.
