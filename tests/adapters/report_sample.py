"""A sealed annual report of the fictional town of Auental, to try documents on."""

from kommpass.domain.progress import LIGHT_LABELS, STATE_LABELS, Light, MeasureState, Standing, tally

SAID = (
    ("done", "green"), ("in_progress", "green"), ("in_progress", "yellow"), ("not_started", "red"),
    ("replaced", "yellow"), ("done_permanent", "green"), ("", ""),
)  # fmt: skip


def report_measure(number: str = "1.1.1", *, state: str = "in_progress", light: str = "yellow", **given) -> dict:
    """One measure with everything that can be said of it; give what should differ."""
    return {
        "id": f"measure-{number}",
        "predecessors": [],
        "number": number,
        "title": f"Familienbüro {number} im Bürgerhaus eröffnen",
        "responsible": "Jugendamt",
        "partners": ["Familienzentrum Nord", "Kinderschutzbund Auental"],
        "districts": ["Altstadt", "Nordheim"],
        "due": "2027-06",
        "public": True,
        "overdue": light == "red",
        "freshness": "fresh" if state else "never",
        "state": state,
        "state_label": STATE_LABELS.get(state, "ohne Rückmeldung"),
        "light": light,
        "light_label": LIGHT_LABELS.get(light, ""),
        "text": f"Zu {number}: Die Räume sind gemietet.\n\nDer Umbau dauert länger als gedacht.",
        "expected": "2027-12-15" if light == "yellow" else "",
        "unchanged": False,
        "reported_by": "Jana Sommer",
        "reported_on": "2027-11-02" if state else "",
        "indicators": [
            {
                "name": "Beratungen im Jahr",
                "unit": "Anzahl",
                "baseline": "310 (2026)",
                "value": "420",
                "as_of": "2027-10",
                "source": "Statistik des Jugendamtes",
            }
        ],
        "auditor_view": {
            "stance": "sieht es anders",
            "text": f"{number}: Die Stelle ist noch nicht besetzt.",
            "by": "Dr. Helga Brandt",
        },
        "remarks": [
            {
                "text": f"Warum öffnet {number} erst im Dezember?",
                "by": "Karin Vogt",
                "public": True,
                "on": "2027-11-20",
                "answer": "Der Umbau dauert länger.",
            },
            {"text": f"Zu {number}: intern", "by": "Karin Vogt", "public": False, "on": "2027-11-21", "answer": ""},
        ],
        **given,
    }


def counts(measures: list[dict]) -> dict[str, int]:
    counted = tally(
        Standing(
            MeasureState(each["state"]) if each["state"] else None,
            Light(each["light"]) if each["light"] else None,
            each["overdue"],
        )
        for each in measures
    )
    return {name: getattr(counted, name) for name in counted.__dataclass_fields__}


def sample_report(measures: int = 9, fields: int = 3, **given) -> dict:
    """The sealed content of a report: so many measures in so many fields, one goal in each."""
    drawn, every = [], []
    for number in range(1, fields + 1):
        mine = [
            report_measure(f"{number}.1.{place // fields + 1}", state=SAID[place % 7][0], light=SAID[place % 7][1])
            for place in range(number - 1, measures, fields)
        ]
        every += mine
        drawn.append(_field(number, mine))
    return {
        "format": "kommpass/report/1",
        "title": "Jahresbericht 2027 zum Audit familiengerechte Kommune",
        "municipality": {"name": "Auental", "ags": "05999001"},
        "procedure": {
            "title": "Audit Auental",
            "round": 1,
            "rung": "Grundzertifikat",
            "scheme": "Audit familiengerechte Kommune",
            "scheme_version": "2026.1",
        },
        "period": {"from": "2027-01-01", "until": "2027-12-31", "years": "2027"},
        "version": {"number": 2, "reason": "Zwei Werte waren vertauscht.", "key_date": "2027-12-31"},
        "agreement": {"version": 3, "digest": "ab" * 32},
        "certificate": "FK-2026-0007",
        "sections": [
            {"key": "overview", "title": "Das Jahr auf einen Blick", "prompt": "Was ist gelungen?", "text": "Viel."},
            {"key": "outlook", "title": "Ausblick", "prompt": "Was steht an?", "text": ""},
        ],
        "summary": counts(every),
        "costs": {"once": "25000.00", "yearly": "8400.50"},
        "fields": drawn,
        "changes": [
            {
                "version": 3,
                "on": "2027-05-04",
                "approved_by": "Jugendhilfeausschuss",
                "reason": "Der Umbau dauert länger.",
                "kind": "Fortschreibung",
            }
        ],
        "conditions": [{"number": 1, "text": "Bericht zur Stelle", "due_on": "2027-06-30", "state": "waiting"}],
        **given,
    }


def _field(number: int, measures: list[dict]) -> dict:
    achievement, label = (("partly", "teilweise erreicht"), ("fully", "erreicht"))[number % 2]
    goal = {
        "id": f"goal-{number}",
        "number": f"{number}.1",
        "title": f"Ziel {number}: Jeder Stadtteil hat ein Familienzentrum",
        "judgement": {"achievement": achievement, "label": label, "text": f"In Feld {number} fehlt noch ein Zentrum."},
        "summary": counts(measures),
        "measures": measures,
    }
    return {
        "id": f"field-{number}",
        "number": str(number),
        "title": ("Steuerung und Vernetzung", "Bildung und Betreuung", "Wohnumfeld und Lebensqualität")[number % 3],
        "text": f"Im Feld {number} ging es voran.",
        "summary": counts(measures),
        "goals": [goal],
    }
