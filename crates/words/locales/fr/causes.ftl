# Pourquoi un appel a été refusé.

## Les couches de politiques ; `short` là où la place manque.

layer-identity-policy = politique basée sur l'identité
    .short = politique IAM
layer-permissions-boundary = limite d'autorisations
    .short = limite d'autorisations
layer-session-policy = politique de session
    .short = politique de session
layer-scp = politique de contrôle des services
    .short = SCP
layer-rcp = politique de contrôle des ressources
    .short = RCP
layer-vpc-endpoint-policy = politique de point de terminaison d'un VPC
    .short = point de terminaison VPC
layer-bucket-policy = politique de compartiment
    .short = politique de compartiment
layer-access-point-policy = politique de point d'accès
    .short = politique de point d'accès
layer-key-policy = politique de clé
    .short = politique de clé
layer-kms-grant = octroi KMS
    .short = octroi KMS
layer-trust-policy = politique d'approbation
    .short = politique d'approbation
layer-resource-policy = politique basée sur les ressources
    .short = politique de ressource
layer-block-public-access = blocage de l'accès public
    .short = blocage de l'accès public
layer-object-ownership = propriété de l'objet
    .short = propriété de l'objet

## Ce qui porte la politique : figure dans les phrases ci-dessous comme `holder`.

holder-identity-policy = les politiques IAM de l'appelant
holder-identity-policy-named = la politique IAM { $policy } de l'appelant
holder-permissions-boundary = la limite d'autorisations de l'identité { $target }
holder-session-policy = la politique de session
holder-scp = la politique de contrôle des services { $target }
holder-rcp = la politique de contrôle des ressources { $target }
holder-vpc-endpoint-policy = la politique du point de terminaison de VPC { $target }
holder-bucket-policy = la politique du compartiment { $target }
holder-access-point-policy = la politique du point d'accès { $target }
holder-key-policy = la politique de la clé { $target }
holder-kms-grant = un octroi sur la clé { $target }
holder-trust-policy = la politique d'approbation du rôle { $target }
holder-resource-policy = la politique de la ressource { $target }
holder-block-public-access = le réglage de blocage de l'accès public du compartiment { $target }
holder-object-ownership = le réglage de propriété de l'objet { $target }

## Parties des phrases ci-dessous.

account-known = compte { $id }
account-unknown = compte inconnu
statement-named = l'instruction « { $sid } »
statement-numbered = l'instruction Statement[{ $index }]
statement-some = une instruction
missed-condition = { $key } ({ $operator }) : attendu { $expected }, constaté { $found }
missed-separator = {" ; "}
missed-nothing = on ne sait pas quelle partie
value-absent = aucune valeur
value-unknown = valeur inconnue
value-other-than = autre chose que { $values }
# Qui a appelé.
caller-role = l'appelant (rôle { $name })
caller-user = l'appelant (utilisateur { $name })
caller-other = l'appelant ({ $name })
caller-unknown = l'appelant
# Une autorisation avec ce sur quoi elle porte.
permission-alone = { $action }
permission-on = { $action } sur { $resource }
permission-on-bucket = { $action } sur le compartiment { $resource }
permission-on-key = { $action } sur la clé { $resource }
permission-on-role = { $action } sur le rôle { $resource }

## Une couche n'autorise pas, ou refuse. `title` sert aux listes.

cause-missing-allow = Aucune instruction n'autorise { $permission } à { $caller } dans { $holder }.
    .title = { $action } non autorisé : { $layer }
cause-missing-allow-identity-policy = Aucune politique IAM de { $caller } n'autorise { $permission }.
cause-missing-allow-scp = Aucune politique de contrôle des services attachée à { $target } n'autorise { $permission }.
cause-missing-allow-session-policy = Selon AWS, la politique de session n'autorise pas { $permission }. Elle fait partie de la session et non du rôle : c'est à celui qui crée la session de l'élargir.
cause-missing-allow-key-at-home = { $action } ne fonctionne qu'avec des clés du compte de l'appelant, quoi que dise la politique de la clé { $target }.
cause-explicit-deny = { $permission } est refusé à { $caller } par { $holder }, dans { $statement }. Un refus explicite l'emporte sur toute autorisation : c'est à son propriétaire de le modifier.
    .title = { $action } explicitement refusé : { $layer }
cause-explicit-deny-unseen = Selon AWS, { $permission } est refusé par { $holder }. Seul celui qui a créé la session peut y remédier.
cause-condition-not-met = { $permission } serait autorisé à { $caller } par { $holder }, dans { $statement }, mais sa condition n'est pas remplie : { $missed }.
    .title = { $action }, condition non remplie : { $layer }
cause-dangling-principal = Un principal supprimé est nommé par { $holder }, dans { $statement } ; si cet identifiant était celui de l'appelant, { $permission } serait autorisé. Un rôle ou un utilisateur recréé reçoit un nouvel identifiant : il faut le nommer à nouveau.
    .title = { $action }, principal supprimé : { $layer }

## Causes qui se suffisent à elles-mêmes.

cause-no-account-delegation = La politique de la clé { $target } ne tient pas compte des politiques IAM ({ $account }), et aucune de ses instructions n'autorise { $action } à { $caller }.
    .title = { $action } : la politique de clé ignore IAM
cause-grant-constraint-not-met = Un octroi autorise { $permission } à { $caller }, mais seulement avec un autre contexte de chiffrement que celui de cet appel.
    .title = { $action } : l'octroi exige un autre contexte
cause-aws-managed-key-cross-account = L'objet est chiffré avec une clé gérée par AWS ({ $account }). Sa politique ne peut pas être modifiée et elle ne sert jamais d'autres comptes. Chiffrez de nouveau l'objet avec une clé gérée par le client.
    .title = Clé gérée par AWS d'un autre compte
cause-key-disabled = La clé { $target } est désactivée. Activez-la, ou chiffrez avec une autre clé.
    .title = La clé KMS est désactivée
cause-key-pending-deletion = La suppression de la clé { $target } est en attente. Annulez-la si les données sont encore nécessaires : ensuite, plus personne ne pourra les lire.
    .title = La suppression de la clé KMS est en attente
cause-key-unavailable = La clé { $target } est inutilisable pour le moment : ses éléments de clé manquent, ou elle est en cours de création ou de déplacement.
    .title = La clé KMS est inutilisable pour le moment
cause-key-not-found = La clé { $target } n'existe pas.
    .title = La clé KMS n'existe pas
cause-key-wrong-region = La clé { $target } se trouve dans une autre région que le compartiment. S3 n'utilise que des clés de la région du compartiment.
    .title = La clé KMS est dans une autre région
cause-alias-in-callers-account = Le chiffrement par défaut du compartiment { $target } désigne sa clé par un alias ou un simple identifiant. S3 le recherche dans le compte de celui qui charge l'objet, où il n'existe pas. Désignez la clé par son ARN.
    .title = Le chiffrement par défaut désigne un alias
cause-restrict-public-buckets = La politique du compartiment { $target } est considérée comme publique, et le blocage de l'accès public (RestrictPublicBuckets) refuse alors tout appelant extérieur au { $account }. Restreignez l'instruction ouverte à tous.
    .title = Le blocage de l'accès public refuse les autres comptes
cause-foreign-owner = L'objet { $target } appartient à un autre compte que son compartiment ; la politique de compartiment ne s'y applique donc pas. Copiez l'objet en tant que propriétaire du compartiment, ou réglez le compartiment sur BucketOwnerEnforced.
    .title = L'objet appartient à un autre compte
cause-object-missing = L'objet { $target } n'existe pas. S3 répond AccessDenied au lieu de NotFound parce que { $caller } n'a pas le droit de lister le compartiment.
    .title = L'objet n'existe pas
cause-requester-pays-header-missing = Le compartiment fait payer le demandeur, et la demande ne l'a pas accepté. Envoyez l'en-tête x-amz-request-payer: requester.
    .title = La demande n'accepte pas de payer
cause-sse-c-blocked = Le compartiment { $target } refuse les chargements chiffrés avec une clé fournie par le client (SSE-C). Chargez sans ces en-têtes.
    .title = Le compartiment refuse SSE-C
cause-acl-disabled = Les listes de contrôle d'accès (ACL) du compartiment { $target } sont désactivées, et la demande en définit une. Chargez sans liste, ou avec bucket-owner-full-control.
    .title = Les ACL du compartiment sont désactivées
cause-unexplained = Toutes les politiques qui ont pu être lues autorisent { $action }.
    .title = Aucune cause trouvée

## Ce que dit un diagnostic.

verdict-denied = refusé
verdict-allowed = autorisé
verdict-unknown = inconnu
answer-allowed = autorisé
answer-denied = refusé
answer-explicitly-denied = refus explicite
answer-unknown = inconnu
outcome-allow = autorise
outcome-no-allow = n'autorise pas
outcome-explicit-deny = refus explicite
outcome-not-applicable = non applicable
outcome-unknown = inconnu
confidence-certain = certain : il ne manque rien d'important
confidence-likely = probable : un élément peut-être important n'a pas pu être vu
confidence-open = indéterminé : l'élément décisif n'a pas pu être vu
