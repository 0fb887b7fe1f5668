"""What two reports have in common: an algebra of measures, tried with any two reports."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommpass.domain.progress import Light, MeasureState, Standing, tally
from kommpass.domain.reports import SHARES, compare_reports, measures_of, share_of, to_decide

patient = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
STATES = [*(each.value for each in MeasureState), ""]
measure = st.fixed_dictionaries(
    {
        "state": st.sampled_from(STATES),
        "light": st.sampled_from([*(each.value for each in Light), ""]),
        "text": st.sampled_from(["", "Läuft.", "Läuft seit Mai."]),
        "expected": st.sampled_from(["", "2028", "2028-06"]),
    }
)


def report(measures: dict) -> dict:
    found = [{"id": key, "due": "2027", "predecessors": [], **each} for key, each in measures.items()]
    return {"fields": [{"title": "Feld", "goals": [{"measures": found}]}], "summary": {"total": len(found)}}


reports = st.dictionaries(st.sampled_from("abcdefgh"), measure).map(report)


@patient
@given(reports)
def test_a_report_compared_with_itself_is_unchanged(one):
    changes = compare_reports(one, one)
    assert (changes.changed, changes.added, changes.gone) == ((), (), ())
    assert [each.difference for each in changes.figures] == [0] * len(changes.figures)


@patient
@given(reports, reports)
def test_every_measure_of_both_reports_is_found_once(old, new):
    changes = compare_reports(old, new)
    keys = lambda content: [place.measure["id"] for place in measures_of(content)]  # noqa: E731
    both = [each.new["id"] for each in changes.both]
    assert sorted([*both, *(each.measure["id"] for each in changes.added)]) == sorted(keys(new))
    assert sorted([*both, *(each.measure["id"] for each in changes.gone)]) == sorted(keys(old))
    assert len(changes.changed) + len(changes.unchanged) == len(changes.both)


@patient
@given(reports, reports)
def test_looking_back_swaps_what_is_new_and_what_is_gone(old, new):
    there, back = compare_reports(old, new), compare_reports(new, old)
    named = lambda places: sorted(place.measure["id"] for place in places)  # noqa: E731
    assert (named(there.added), named(there.gone)) == (named(back.gone), named(back.added))
    assert len(there.changed) == len(back.changed)


@patient
@given(st.lists(st.sampled_from(STATES)))
def test_the_parts_of_a_bar_add_up_to_all_measures(states):
    counted = tally(Standing(MeasureState(each) if each else None, None) for each in states)
    summary = {name: getattr(counted, name) for name in counted.__dataclass_fields__}
    assert sum(summary[name] for name in SHARES) == summary["total"] == len(states)
    assert 0 <= share_of(summary, "done") <= 100


def test_a_measure_of_a_later_round_is_met_by_the_nearest_one_it_comes_from():
    done = {"state": "done", "light": "green", "text": "", "expected": ""}
    old = report({"a": done, "b": done})
    new = report({"c": done})
    new["fields"][0]["goals"][0]["measures"][0]["predecessors"] = ["b", "a"]
    changes = compare_reports(old, new)
    assert [(each.old["id"], each.new["id"]) for each in changes.both] == [("b", "c")]
    assert [each.measure["id"] for each in changes.gone] == ["a"]


def test_what_needs_a_decision():
    told = {
        (state, light, expected): bool(to_decide({"state": state, "light": light, "expected": expected}))
        for state, light, expected in [
            ("in_progress", "green", ""), ("in_progress", "yellow", ""), ("in_progress", "yellow", "2028"),
            ("in_progress", "red", ""), ("done", "red", ""), ("partly_done", "red", ""), ("dropped", "green", ""),
            ("replaced", "yellow", ""), ("not_realised", "red", ""), ("", "", ""),
        ]
    }  # fmt: skip
    assert [key for key, needed in told.items() if needed] == [
        ("in_progress", "yellow", "2028"), ("in_progress", "red", ""), ("dropped", "green", ""),
        ("replaced", "yellow", ""), ("not_realised", "red", ""),
    ]  # fmt: skip
