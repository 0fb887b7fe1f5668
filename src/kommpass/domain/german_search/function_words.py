"""Words that say nothing to a search (stop words), and words that say little (faint): folded, in lower case."""

from kommpass.domain.german_search.folding import fold

STOP = frozenset(
    fold("""
    der die das den dem des ein eine einer einem einen eines kein keine keiner keinem keinen
    und oder aber denn sondern sowie bzw beziehungsweise sowohl als auch noch nur nicht doch schon sehr so ja nein
    in im ins an am ans auf aus bei beim mit nach von vom vor zu zum zur für über unter um durch gegen ohne bis ab seit
    zwischen während wegen trotz neben hinter innen außen je pro per
    ich du er sie es wir ihr man mich dich sich uns euch mir dir ihm ihn ihnen
    mein meine meiner meinem meinen dein deine deiner deinem deinen sein seine seiner seinem seinen
    ihre ihrer ihrem ihren unser unsere unserer unserem unseren euer eure eurer eurem euren
    dieser diese dieses diesem diesen jene jener jenes jede jeder jedes jedem jeden alle allen aller alles
    welche welcher welches welchem welchen solche solcher manche einige etwas nichts
    wer wen wem was wo woher wohin wie wann warum wieso weshalb wozu womit wobei wofür worüber
    ist sind war waren bin bist seid sein wäre wären wird werden wurde wurden worden
    hat haben habe hast hatte hatten hätte kann kannst können könnte könnten konnte darf darfst dürfen
    muss musst müssen soll sollen sollte sollten will willst wollen möchte möchten mag mögen
    gibt gib gebe geht gehen gehe macht machen mache kommt kommen tun tut lässt
    bekomme bekommt bekommen brauche braucht brauchen suche suchen finde findet finden
    wenn weil dass ob da dann dort hier hin her wo also damit dabei dazu daher deshalb
    mal bitte danke hallo ggf evtl usw etc ca inkl bspw sowie zb
    the and for with www http https com
    """).split()
)

FAINT = frozenset(
    fold("""
    angebot angebote angeboten angebots hilft helfen helft kostet kosten gratis kostenlos kostenlose kostenloses
    kostenfrei kostenfreie umsonst günstig günstige preiswert billig gut gute guter gutes beste besten neue neu neuer
    jahr jahre jahren jährig jährige jährigen monat monate monaten alt alte altes woche wochen tag tage
    nähe nah umgebung stadt ort vorort stadtteil bezirk heute morgen aktuell aktuelle aktuelles jetzt
    info infos information informationen thema themen möglichkeit möglichkeiten veranstaltung veranstaltungen
    machbar anmelden anmeldung anmeldet beantragen beantrage antrag bekommen zusammen gemeinsam
    passiert stelle stellen person personen leute menschen mensch
    """).split()
)
"""Asked for, but not demanded: an offer need not have these words if the query has others that say more."""
