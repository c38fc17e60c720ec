# Ce qu'un plan modifie, ce qu'il prouve et ce qui reste à faire.

## Risque et portée.

risk-low = faible
    .sentence = L'appelant obtient ce qui lui était refusé ; rien d'autre n'est touché.
risk-medium = moyen
    .sentence = Davantage que ce seul appel devient possible, ou un document partagé est réécrit.
risk-high = élevé
    .sentence = Beaucoup plus devient possible, ou une erreur serait difficile à réparer.
scope-object = cet objet uniquement
scope-prefix = le dossier de cet objet et tout ce qu'il contient
scope-bucket = tous les objets du compartiment

## Ce que fait une modification.

change-put-bucket-policy = Ajoute { $count ->
        [one] une instruction
       *[other] { $count } instructions
    } à la politique du compartiment { $name } dans le compte { $account }.
change-put-bucket-policy-new = Crée une politique pour le compartiment { $name } du compte { $account }, qui n'en a pas.
change-put-access-point-policy = Ajoute { $count ->
        [one] une instruction
       *[other] { $count } instructions
    } à la politique du point d'accès { $name } dans le compte { $account }.
change-put-access-point-policy-new = Crée une politique pour le point d'accès { $name } du compte { $account }, qui n'en a pas.
change-put-key-policy = Ajoute { $count ->
        [one] une instruction
       *[other] { $count } instructions
    } à la politique de la clé { $name } dans le compte { $account }.
change-create-grant = Crée un octroi sur la clé { $name } dans le compte { $account }.
change-put-bucket-encryption = Définit le chiffrement par défaut du compartiment { $name } dans le compte { $account }.
change-put-trust-policy = Ajoute { $count ->
        [one] une instruction
       *[other] { $count } instructions
    } à la politique d'approbation du rôle { $name } dans le compte { $account }.
change-put-role-policy = Donne au rôle { $name } du compte { $account } la politique en ligne { $policy }.
change-put-user-policy = Donne à l'utilisateur { $name } du compte { $account } la politique en ligne { $policy }.

## Pourquoi une modification est nécessaire et ce qu'elle accorde.

principal-role = rôle { $name } du compte { $account }
principal-user = utilisateur { $name } du compte { $account }
why-put-bucket-policy = Autorise { $actions } sur { $resources } ({ $who }).
why-put-access-point-policy = Autorise { $actions } sur { $resources } par ce point d'accès ({ $who }).
why-put-key-policy = Autorise { $actions } avec cette clé ({ $who }).
why-create-grant = Autorise { $actions } avec cette clé ({ $who }).
why-put-bucket-encryption = Désigne la clé par défaut du compartiment par son ARN { $after } et non plus par { $before }, que S3 recherche dans le compte de celui qui charge l'objet. Cela vaut désormais pour tous ceux qui écrivent ; les objets existants restent tels quels.
why-put-trust-policy = Autorise { $actions } ({ $who }), et avec cela tout ce que ce rôle peut faire.
why-put-role-policy = Autorise { $actions } sur { $resources } ({ $who }).
why-put-user-policy = Autorise { $actions } sur { $resources } ({ $who }).
why-through-service = Cela ne vaut que par l'intermédiaire de { $service }.
why-through-point = Cela ne vaut que par le point d'accès { $name }.
why-for-context = Cela ne vaut que pour { $context }.
why-limit-near = Le document atteint { $used } des { $limit } caractères acceptés par AWS : il reste peu de place.
why-made-by-cloudformation = CloudFormation (pile { $what }) a créé cette ressource et annulera la modification à sa prochaine exécution : reportez-la aussi dans le modèle.
why-made-by-terraform = Terraform ({ $what }) a créé cette ressource et annulera la modification à sa prochaine exécution : reportez-la aussi dans la configuration.
list-separator = {", "}
sentence-separator = {" "}

## Comment une modification est annulée.

inverse-put-role-policy = Supprimer la politique en ligne { $policy } du rôle.
inverse-put-user-policy = Supprimer la politique en ligne { $policy } de l'utilisateur.
inverse-create-grant = Révoquer l'octroi nommé { $grant }.
inverse-put-bucket-encryption = Rétablir le chiffrement par défaut précédent.
inverse-made-policy = Supprimer la politique, ou en retirer { $sids } si d'autres y ont ajouté des instructions.
inverse-shared-policy = Retirer { $sids } de la politique.

## Autres solutions.

alternative-grant = Un octroi au lieu d'une instruction dans la politique de clé : la politique reste inchangée et un seul appel suffit pour annuler. Les octrois sont moins visibles que les politiques, ne connaissent pas kms:ViaService et n'expirent pas d'eux-mêmes.
alternative-resource-policy = La politique de la ressource nomme l'appelant, au lieu de ses propres politiques IAM : l'autorisation est visible là où se trouvent les données et ne dépend plus de ce que font les administrateurs du compte.
alternative-widened = À la main : ajoutez l'ARN de l'appelant au Principal dans { $statement } de la politique de clé, si cela est souhaité. L'appelant obtient alors toutes les actions de cette instruction pour tout ce que la clé chiffre, y compris par des appels directs.
alternative-delegated = À la main : ajoutez à la politique de clé une instruction qui autorise kms:* à { $root }, si cela est souhaité. Toutes les politiques IAM du compte comptent alors pour cette clé, y compris celles des administrateurs.

## La preuve.

proof-verdicts = Avant : { $before }. Après : { $after }.
proof-none-compared = Les autorisations de personne ne changent ; rien d'autre n'a donc été comparé.
proof-none-opened = { $checked ->
        [one] { $checked } autre demande garde sa réponse.
       *[other] { $checked } autres demandes gardent leur réponse.
    }
proof-some-opened = { $checked ->
        [one] { $checked } autre demande a été comparée, et sa réponse change.
       *[other] Parmi { $checked } autres demandes, certaines reçoivent une autre réponse.
    }

## Ce qu'il faut faire, pour chaque cause.

manual-missing-allow = Locksmith n'effectue pas cette modification de lui-même. Si l'accès est souhaité, le propriétaire doit l'autoriser à la main dans { $holder }.
manual-missing-allow-scp = Si l'organisation le souhaite, ses administrateurs doivent l'autoriser dans une politique de contrôle des services attachée à { $target }. Locksmith ne modifie pas les politiques de l'organisation.
manual-missing-allow-permissions-boundary = Si cela doit être possible, autorisez-le dans la limite d'autorisations de l'identité { $target }. Locksmith ne modifie pas les limites.
manual-missing-allow-vpc-endpoint-policy = Autorisez-le dans la politique du point de terminaison de VPC { $target }, ou effectuez l'appel sans passer par lui.
manual-session-policy = Autorisez-le dans la politique transmise à la création de la session (Policy ou PolicyArns d'AssumeRole). Elle fait partie de la session ; rien dans les comptes ne la contient.
manual-explicit-deny = Décidez si { $statement }, dans { $holder }, doit vraiment bloquer cet appel. Sinon, restreignez-la ou ajoutez une exception. Un refus explicite l'emporte sur toute autorisation : rien d'autre n'aide, et Locksmith n'ajoute rien pour le contourner.
manual-condition-not-met = Remplissez la condition qui figure dans { $statement }, dans { $holder }, ou modifiez-la, si l'appel doit être autorisé tel qu'il a été fait.
manual-dangling-principal = Le principal nommé par { $holder } a été supprimé. Si l'accès est souhaité, le propriétaire doit y nommer le nouveau rôle ou utilisateur.
manual-no-account-delegation = Ajoutez une instruction pour l'appelant à la politique de la clé { $target }, si l'accès est souhaité.
manual-grant-constraint-not-met = Ajoutez une instruction pour l'appelant à la politique de clé, si l'accès est souhaité : l'octroi sur la clé { $target } ne vaut que pour un autre contexte de chiffrement.
manual-aws-managed-key-cross-account = Créez une clé gérée par le client, définissez-la comme clé par défaut du compartiment et chiffrez de nouveau l'objet avec elle (copiez l'objet sur lui-même). La politique d'une clé gérée par AWS ne peut pas être modifiée.
manual-key-disabled = Activez la clé { $target } si elle n'a pas été désactivée volontairement (aws kms enable-key).
manual-key-pending-deletion = Annulez sans attendre la suppression de la clé { $target } si des données chiffrées avec elle sont encore nécessaires (aws kms cancel-key-deletion, puis enable-key) : après le délai d'attente, elles sont perdues.
manual-key-unavailable = Rétablissez les éléments de la clé { $target } (importez-les, ou reconnectez le magasin de clés), ou chiffrez avec une autre clé.
manual-key-not-found = Corrigez l'identifiant de la clé là où la demande ou le chiffrement par défaut du compartiment la désigne. Ce qui a été chiffré avec une clé supprimée est perdu.
manual-key-wrong-region = Utilisez une clé de la région du compartiment : indiquez-la dans la demande ou dans le chiffrement par défaut du compartiment.
manual-alias-in-callers-account = Désignez la clé par son ARN dans le chiffrement par défaut du compartiment { $target }. Impossible de dire quelle clé est visée : le compte du compartiment n'en a aucune derrière cet alias.
manual-restrict-public-buckets = Restreignez l'instruction ouverte à tous dans la politique du compartiment { $target }, afin que la politique ne soit plus publique. Ne désactivez pas le blocage de l'accès public.
manual-foreign-owner = Copiez l'objet en tant que propriétaire du compartiment, ou réglez la propriété des objets du compartiment sur BucketOwnerEnforced ; le propriétaire possède alors tous les objets.
manual-object-missing = Vérifiez le nom de l'objet : aucun objet ne porte le nom { $target }. Aucune autorisation ne manque.
manual-requester-pays-header-missing = Envoyez l'en-tête x-amz-request-payer: requester avec l'appel ; le compte de l'appelant paie alors.
manual-sse-c-blocked = Chargez sans clé personnelle (SSE-C) : laissez faire le chiffrement par défaut du compartiment.
manual-acl-disabled = Chargez sans liste de contrôle d'accès, ou avec bucket-owner-full-control.
manual-unexplained = Toutes les politiques qui ont pu être lues autorisent l'appel. Réessayez ; s'il est encore refusé, examinez ce qui est signalé comme inconnu et vérifiez si des politiques ont changé depuis.

## Ce qu'il faut faire lorsque la cause seule ne le dit pas.

manual-reserved-role = IAM Identity Center crée le rôle { $target } à partir d'un ensemble d'autorisations. Autorisez l'action dans la politique en ligne de cet ensemble et provisionnez-le de nouveau ; une modification du rôle lui-même serait annulée.
manual-service-role = { $target } est un rôle lié à un service : AWS seul définit ce qu'il peut faire.
manual-disagrees = Le message d'AWS met en cause une autre politique que Locksmith ; rien n'est donc modifié sur la seule foi de Locksmith. Comparez le diagnostic avec le message.
manual-administrative = L'action change qui peut faire quoi, ou détruit ce qui protège des données. Locksmith ne l'accorde jamais pour la seule raison qu'elle a été refusée. Si elle est souhaitée, le propriétaire doit l'accorder à la main dans { $holder }.
manual-unnamed-objects = L'événement ne nomme pas les objets. S3 consigne en outre un événement pour chacun d'eux (DeleteObject) : établissez le plan à partir de ceux-ci, ou demandez-le pour un seul objet.
manual-useless-key = Rien n'est accordé sur la clé { $target }, car elle ne peut pas servir cet appel. Une fois qu'une autre clé l'a remplacée, établissez un nouveau plan.
manual-unnamed-resource = L'ARN de ce sur quoi l'action devrait être autorisée n'est pas connu. Autorisez-la à la main dans { $holder }.
manual-too-large = Avec une instruction de plus, le document de « { $target } » dépasserait la taille acceptée par AWS. Supprimez ou regroupez les instructions inutiles, puis établissez un nouveau plan.
manual-wildcard = Le nom contient un caractère générique, et une politique de l'ancienne version 2008-10-17 ne peut pas l'écrire littéralement. Passez la Version du document de « { $target } » à 2012-10-17, après avoir vérifié qu'aucune autre instruction ne contient de variable de politique, puis établissez un nouveau plan.
manual-not-latin-1 = Le nom contient des caractères qu'AWS n'accepte pas dans les politiques IAM et KMS. Établissez un nouveau plan pour le dossier ou pour tout le compartiment, afin que le nom ne soit pas nécessaire.
manual-unreadable = Le document de « { $target } » n'a pas pu être lu ; rien n'y est donc ajouté. Réparez-le, ou donnez à Locksmith le droit de le lire, puis établissez un nouveau plan.
manual-no-grant = Un octroi exigerait le contexte de chiffrement exact. Autorisez l'action dans la politique de la clé { $target }.
manual-unproved = Une modification a été trouvée, mais il n'a pas pu être prouvé qu'elle fait ce qu'il faut et rien d'autre ; elle n'est donc pas proposée. Le propriétaire de « { $target } » doit l'examiner.
manual-key-at-home = L'action ne fonctionne qu'avec des clés du compte de l'appelant. Effectuez l'appel avec un rôle du compte de la clé { $target }.
manual-caller-unsigned = L'appel n'était pas signé ; Locksmith n'ouvre rien à tout le monde. Si l'accès est souhaité, le propriétaire doit l'autoriser à la main dans { $holder }.
manual-caller-service = L'appel vient d'un service AWS : une instruction pour ce service doit préciser aws:SourceArn ou aws:SourceAccount de ce pour quoi il travaille, sinon la ressource de n'importe qui pourrait l'utiliser. Autorisez-le à la main dans { $holder }, si cela est souhaité.
manual-caller-root = L'appel vient de l'utilisateur racine ; il ne peut être nommé qu'avec tout son compte. Autorisez-le à la main dans { $holder }, si cela est souhaité.
manual-caller-unknown = On ne sait pas quel rôle ou quel utilisateur a fait l'appel ; aucune instruction ne peut donc le nommer seul. Autorisez-le à la main dans { $holder }, si cela est souhaité.
