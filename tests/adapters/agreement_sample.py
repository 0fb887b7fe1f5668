"""A frozen agreement of the fictional town of Auental, and a council paper about it, to try documents on."""


def sample_measure(number: str = "1.1.1", **given) -> dict:
    """One measure with every attribute filled; give what should differ."""
    return {
        "number": number,
        "title": "Familienbüro im Bürgerhaus eröffnen",
        "description": "Das Familienbüro bündelt Auskunft und Beratung.\n\nEs öffnet an drei Tagen.",
        "responsible": "Jugendamt",
        "post": "Leitung Jugendamt",
        "outside": False,
        "partners": ["Familienzentrum Nord", "Kinderschutzbund Auental"],
        "start": "2027-03",
        "due": "2027-12-15",
        "target_groups": ["Familien mit Kindern unter 6 Jahren", "Alleinerziehende"],
        "districts": ["Altstadt", "Nordheim"],
        "themes": ["Inklusion"],
        "cost_once": "25000.00",
        "cost_yearly": "8400.50",
        "funding": "Haushalt 2027, Produkt 06.02.01",
        "subject_to_budget": True,
        "staff_effort": "0,5 Stellen",
        "references": ["ISEK", "Jugendhilfeplan"],
        "indicators": [
            {
                "name": "Beratungen im Jahr",
                "unit": "Anzahl",
                "baseline": "310 (2026)",
                "target": "400 bis 450 bis 2028",
                "source": "Statistik des Jugendamtes",
            }
        ],
        "steps": [
            {"title": "Räume anmieten", "due": "2027-05"},
            {"title": "Stelle besetzen", "due": "2027-08-01"},
        ],
        "origins": [{"kind": "Befund", "text": "Wartezeit von vier Monaten in der Erziehungsberatung"}],
        "also_serves": ["2.1"],
        "status": [],
        **given,
    }


def sample_content(**given) -> dict:
    """The canonical content of a frozen version: two fields, three goals, five measures."""
    return {
        "format": "kommpass/agreement/1",
        "title": "Zielvereinbarung zum Zertifikat „Familiengerechte Kommune“ der Stadt Auental",
        "municipality": {"name": "Auental", "ags": "05999001"},
        "procedure": {
            "title": "Audit 2026",
            "round": 1,
            "rung": "Grundzertifikat",
            "scheme": "Audit familiengerechte Kommune",
            "scheme_version": "2026.1",
        },
        "version": {
            "number": 2,
            "frozen_on": "2026-11-22",
            "kind": "amended",
            "reason": "Der Rat hat zwei Fristen geändert.",
        },
        "project_lead": "Stabsstelle Familie, Miriam Ackermann",
        "auditor": "Dr. Helga Brandt",
        "preamble": "In Auental leben Familien gern.\n\nDazu verpflichten sich Rat und Verwaltung.",
        "family_definition": "Familie ist überall dort, wo Menschen dauerhaft füreinander sorgen.",
        "process": "Zwischen März und Oktober 2026 haben 84 Menschen an drei Werkstätten teilgenommen.",
        "budget_clause": "Alle Maßnahmen stehen unter dem Vorbehalt der Haushaltsbeschlüsse des Rates.",
        "fields": [_steering_field(), _education_field()],
        "resolution": {
            "body": "Rat der Stadt",
            "date": "2026-10-07",
            "paper": "0123/2026",
            "result": "mehrheitlich beschlossen",
            "votes": "29:3:1",
            "conditions": ["Haushaltsvorbehalt"],
        },
        **given,
    }


def _steering_field() -> dict:
    goals = [
        {
            "number": "1.1",
            "title": "Die Vernetzung rund um Familie umfasst alle Handlungsfelder",
            "description": "Wer mit Familien arbeitet, kennt sich und spricht sich ab.",
            "measures": [
                sample_measure("1.1.1"),
                sample_measure(
                    "1.1.2",
                    title="Bündnis für Familie gründen",
                    responsible="Kinderschutzbund Auental",
                    outside=True,
                    post="",
                    cost_once=None,
                    cost_yearly=None,
                    subject_to_budget=False,
                    status=[
                        {
                            "label": "Sachstand 2013",
                            "period": "2013",
                            "light": "yellow",
                            "text": "Erste Treffen fanden statt.",
                        },
                        {
                            "label": "Sachstand 2014",
                            "period": "2014",
                            "light": "red",
                            "text": "Der Vorstand fehlt noch.",
                        },
                        {
                            "label": "Sachstand 2015",
                            "period": "2015",
                            "light": "green",
                            "text": "Das Bündnis arbeitet.",
                        },
                    ],
                ),
            ],
        }
    ]
    return {
        "number": "1",
        "title": "Steuerung, Vernetzung und Nachhaltigkeit",
        "strengths": ["Kurze Wege zwischen Jugendamt und Schulen", "Aktiver Seniorenbeirat"],
        "needs": ["Es fehlt eine Stelle, die alle Angebote kennt."],
        "strategic_goals": [
            {
                "text": "Familienfreundlichkeit ist Chefsache und wird von allen Ämtern getragen.",
                "goals": goals,
            }
        ],
    }


def _education_field() -> dict:
    all_day = sample_measure(
        "2.1.1",
        title="Offene Ganztagsschulen ausbauen",
        start="2027",
        due="2027",
        indicators=[
            {
                "name": "Grundschulen mit Ganztag",
                "unit": "",
                "baseline": "8",
                "target": "10 bis 14 Schulen bis 2027",
                "source": "",
            }
        ],
        steps=[],
    )
    bare = {"number": "2.2.1", "title": "Lesepaten an allen Grundschulen"}
    return {
        "number": "2",
        "title": "Bildung und Erziehung",
        "strengths": [],
        "needs": ["Plätze im Ganztag"],
        "strategic_goals": [
            {
                "text": "Jedes Kind findet in seinem Stadtteil ein gutes Bildungsangebot.",
                "goals": [
                    {
                        "number": "2.1",
                        "title": "Ganztag für alle, die ihn brauchen",
                        "description": "",
                        "measures": [all_day],
                    }
                ],
            },
            {
                "text": "",
                "goals": [
                    {
                        "number": "2.2",
                        "title": "Alle Kinder lesen gern",
                        "description": "",
                        "measures": [
                            bare,
                            sample_measure("2.2.2", title="Bücherei öffnet am Samstag", status=[], origins=[]),
                        ],
                    }
                ],
            },
        ],
    }


def large_content(measures: int, status_rounds: int = 0) -> dict:
    """An agreement of many measures, ten to a goal, to measure time and length on."""
    lights = ["green", "yellow", "red", ""]
    goals = []
    for start in range(0, measures, 10):
        number = f"1.{len(goals) + 1}"
        goals.append(
            {
                "number": number,
                "title": f"Ziel Nummer {number}",
                "description": "",
                "measures": [
                    sample_measure(
                        f"{number}.{position + 1}",
                        title=f"Maßnahme {start + position + 1} für Familien",
                        description=f"Beschreibung {start + position + 1}. " + "Das stärkt Familien vor Ort. " * 7,
                        status=[
                            {
                                "label": f"Sachstand {2013 + turn}",
                                "period": str(2013 + turn),
                                "light": lights[(start + turn) % 4],
                                "text": f"Stand {start + position}-{turn}: " + "Die Arbeiten gehen voran. " * 8,
                            }
                            for turn in range(status_rounds)
                        ],
                    )
                    for position in range(min(10, measures - start))
                ],
            }
        )
    field = {
        "number": "1",
        "title": "Großes Handlungsfeld",
        "strengths": [],
        "needs": [],
        "strategic_goals": [{"text": "", "goals": goals}],
    }
    return sample_content(fields=[field])


def sample_paper(**given) -> dict:
    """A council paper with a chain of three bodies; give what should differ."""
    return {
        "reference": "0123/2026",
        "title": "Zielvereinbarung zum Audit Familiengerechte Kommune",
        "lead": "Fachbereich Jugend und Familie",
        "contributing": ["Fachbereich Schule", "Kämmerei"],
        "public": True,
        "chain": [
            {
                "body": "Haupt- und Finanzausschuss",
                "date": "2026-09-10",
                "role": "Vorberatung",
                "result": "einstimmig empfohlen",
            },
            {"body": "Jugendhilfeausschuss", "date": "2026-09-24", "role": "Empfehlung", "result": ""},
            {"body": "Rat der Stadt", "date": None, "role": "Entscheidung", "result": ""},
        ],
        "proposed_resolution": "Der Rat beschließt die Fassung 2.\n\nDie Verwaltung berichtet jährlich.",
        "facts": "Die Stadt nimmt seit 2026 am Audit teil.\n\nSie hat drei Werkstätten veranstaltet.",
        "financial": "Einmalig 25.000 €, jährlich 8.400,50 €, unter Haushaltsvorbehalt.",
        "attachments": ["Zielvereinbarung, Fassung 2", "Übersicht der Maßnahmen"],
        **given,
    }
