# Les incidents : leurs états et ce qu'on en lit.

state-detected = Détecté
    .sentence = Un refus a été observé ; ses causes sont recherchées.
state-diagnosed = Diagnostiqué
    .sentence = Les causes sont connues autant qu'elles peuvent l'être.
state-awaiting-approval = En attente d'approbation
    .sentence = Les propriétaires ont été consultés ; rien n'est modifié avant leur accord.
state-approved = Approuvé
    .sentence = Les propriétaires sont d'accord ; la modification va être effectuée.
state-applying = Application en cours
    .sentence = La modification est en train d'être effectuée.
state-applied = Appliqué
    .sentence = La modification a été effectuée ; son effet est encore en cours de vérification.
state-verified = Vérifié
    .sentence = L'appel fonctionne de nouveau.
state-no-change-needed = Aucune modification nécessaire
    .sentence = Le refus est justifié, ou l'appel est désormais autorisé ; rien n'est modifié.
state-manual = À traiter manuellement
    .sentence = Une intervention humaine est nécessaire ; Locksmith ne peut pas ou ne doit pas s'en charger.
state-rejected = Rejeté
    .sentence = Un propriétaire a rejeté la modification ; rien n'a été modifié.
state-expired = Expiré
    .sentence = Personne n'a répondu à temps ; rien n'a été modifié. Si l'appel est de nouveau refusé plus tard, les propriétaires sont de nouveau consultés.
state-suppressed = Masqué
    .sentence = Ce refus est masqué : personne n'en est averti pour le moment.
state-failed = Échec
    .sentence = La modification n'a pas pu être effectuée ou n'a rien changé ; quelqu'un doit s'en occuper.
state-rolled-back = Annulé
    .sentence = La modification a été annulée ; tout est comme avant.

## Quel genre d'appel a été refusé, dans une phrase ou comme intitulé.

class-read = lecture d'objets
class-write = écriture d'objets
class-delete = suppression d'objets
class-list = énumération d'objets
class-configure = lecture ou modification de réglages
class-assume = endossement d'un rôle
class-decrypt = déchiffrement
class-encrypt = chiffrement

## Intitulés.

label-state = État
label-causes = Causes
label-principal = Appelant
label-resource = Ressource
label-account = Compte
label-denials = { $count } refus
label-first-seen = Premier refus
label-last-seen = Dernier refus
label-risk = Risque
label-scope = Portée
label-proof = Preuve
label-undo = Comment annuler
label-alternatives = Autres solutions
label-manual = À la main
label-confidence = Degré de certitude
# Un intitulé devant ce qu'il désigne.
label-before = { $label } :{" "}
