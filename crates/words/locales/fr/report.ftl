# Ce qu'un rapport montre en plus des causes et des modifications : ce qui n'a pas pu être vu, et le parcours
# d'un appel à travers les politiques sous forme d'image.

## Ce qui n'a pas pu être vu, derrière le nom d'une couche ou seul. En anglais, le moteur le dit lui-même.

unknown-unread = lecture impossible : { $why }
unknown-not-in-evidence = { $what } ne figure pas parmi ce qui a été lu
unknown-not-read-by-design = les politiques des ressources de ce service ne sont pas lues
unknown-callers-account = on ne sait pas à quel compte appartient l'appelant
unknown-management-account = impossible de lire quel compte gère l'organisation
# Ce qui suit est l'un des autres textes ; `why` est un détail technique en anglais.
unknown-because = { $what } : { $why }
unknown-session-policy = l'événement ne contient pas de politique de session ; si la session a été créée avec une telle politique, il se peut que celle-ci refuse l'appel ou ne l'autorise pas
unknown-block-public-access = impossible de lire si le blocage de l'accès public restreint ce compartiment
unknown-condition-key = l'événement n'indique pas { $key }
unknown-federated-session = une session fédérée n'a aucune autorisation sans politique de session, et l'événement ne contient pas cette dernière
unknown-statement = on ne sait pas si l'instruction { $index } de { $policy } s'applique à l'appel
unknown-statement-unnamed = on ne sait pas si l'instruction { $index } s'applique à l'appel
unknown-grant = on ne sait pas si l'octroi { $policy } s'applique à l'appel
unknown-object-owner = impossible de lire à qui appartient l'objet, ou à qui sa liste de contrôle d'accès (ACL) donne accès
unknown-listing = l'objet n'existe pas, et on ne sait pas si l'appelant a le droit de lister le compartiment
unknown-requester-pays = impossible de lire si le compartiment fait payer le demandeur
unknown-requester-consent = le compartiment fait payer le demandeur, et on ne sait pas si la demande l'accepte
unknown-encryption-types = impossible de lire quels types de chiffrement le compartiment refuse
unknown-access-control-lists = impossible de lire si le compartiment accepte les listes de contrôle d'accès (ACL)
unknown-key-manager = impossible de lire si la clé est gérée par AWS
unknown-key-state = l'état de la clé n'a pas pu être lu
unknown-aws-s3-key = le compte de l'appelant n'a pas encore de clé aws/s3 ; S3 la crée à la première utilisation
unknown-permission = on ne sait pas quelle autorisation l'appel exige

## Ce que dit le message d'AWS, et si le diagnostic concorde. `blames` est l'un des trois premiers textes.

aws-blames-explicit = AWS met en cause un refus explicite dans la couche « { $layer } »
aws-blames-implicit = AWS ne trouve aucune autorisation dans la couche « { $layer } »
aws-blames = AWS met en cause la couche « { $layer } »
aws-agrees = { $blames } ; ce diagnostic arrive à la même conclusion.
aws-unseen = { $blames } ; cela n'a pas pu être vu ici.
aws-disagrees = { $blames } ; ce diagnostic arrive à une autre conclusion. Vérifiez bien avant de modifier quoi que ce soit.
aws-silent = Le message d'AWS ne dit pas quelle politique a été déterminante.
aws-does-not-fit = Le message d'AWS ne concorde pas avec ce diagnostic. Vérifiez bien avant de modifier quoi que ce soit.

## Si le compte de l'appelant fait confiance à la clé. `key-trust` est l'intitulé.

key-trust = Confiance dans la clé
key-trust-own-account = la clé appartient au compte même de l'appelant
key-trust-explicitly-permitted = une politique ou un octroi du compte de l'appelant nomme la clé : ce compte lui fait donc confiance
key-trust-not-established = aucune politique ni aucun octroi du compte de l'appelant ne nomme la clé ; rien n'y indique qu'elle est digne de confiance

## Qui peut faire ce qui reste à faire à la main. En anglais, le plan le dit lui-même.

owner-account = les propriétaires du { $account }
owner-resource = le propriétaire de la ressource
owner-organization = les administrateurs de l'organisation
owner-session = celui qui crée la session
owner-boundary = celui qui définit les limites d'autorisations dans le { $account }
owner-endpoint = les propriétaires du point de terminaison de VPC
owner-identity-center = les administrateurs d'IAM Identity Center
owner-caller = celui qui effectue l'appel
owner-nobody = personne pour le moment

## L'image : une ligne de l'appelant à la ressource, à travers les couches. Les noms sous ses points ont la
## place d'environ seize lettres, ou de huit en chinois, japonais ou coréen, sur une ligne ; deux lignes sont
## possibles là où il y a une espace.

path-caller = appelant
path-key = clé
path-object = objet
path-bucket = compartiment
path-role = rôle
path-resource = ressource
path-key-unknown = clé inconnue
path-side-caller = compte de l'appelant
path-side-organization = organisation
path-side-endpoint = réseau
path-side-resource = compte de la ressource

# Ce que dit une couche, et l'effet produit.
path-allow = autorise
path-no-allow = n'autorise pas
path-deny = REFUSE
path-blocks = bloque

# Ce qui ne va pas avec la ressource elle-même, sous son nom.
path-at-key-disabled = désactivée
path-at-key-pending-deletion = suppr. prévue
path-at-key-unavailable = inutilisable
path-at-key-not-found = introuvable
path-at-key-wrong-region = autre région
path-at-alias-in-callers-account = alias
path-at-aws-managed-key-cross-account = gérée par AWS
path-at-object-missing = inexistant
path-at-requester-pays-header-missing = demandeur paie
path-at-sse-c-blocked = SSE-C bloqué

# Ce que signifient les symboles.
path-legend-pass = autorise
path-legend-stop = n'autorise pas, et bloque
path-legend-deny = refuse explicitement
path-legend-open = n'a pas pu être vu
path-legend-silent = n'autorise pas, et n'a pas à le faire
