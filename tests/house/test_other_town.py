"""Nobody reaches over the border: every address of one town with the things of another is 404, and changes nothing."""

from kommpass.domain.permissions import TOWN_ROLES
from kommpass.municipalities.scope import within
from kommpass.people.models import Membership
from tests.conftest import make_user
from tests.house.addresses import TOWN, addresses
from tests.house.changes import belonging_to_towns, differences, entries, everything, over_the_border
from tests.house.conftest import browser_of
from tests.house.forms_on_pages import forms_of, once_each
from tests.house.towns import more

SAME_EVERYWHERE = {
    "phases/key", "plan/key", "scheme/version", "state/change", "question/key", "export/form", "download/kind",
    "document/kind", "field/number", "compare/new", "versions/old", "versions/number",
    "matrix/form", "phases/phase", "taxonomies/key", "terms/key", "text/language",
}  # fmt: skip
WITH_THINGS = [
    each for each in addresses(TOWN) if any(key not in SAME_EVERYWHERE for _name, key in each.arguments)
]  # fmt: skip
NUMBERED = [each for each in addresses(TOWN) if any(key == "versions/number" for _name, key in each.arguments)]

ON_THE_SEAT = {
    "assessment:review",
    "assessment:opinion",
}  # no role opens these: they are there for who sits on the case


def in_our_town_with_their_things(ours, theirs, chosen):
    """Addresses under our town's name that name things of the other town."""
    with within(ours.municipality):
        return [(address, address.filled(ours.values | theirs.values)) for address in chosen]


def refusals(browser, pairs):
    """What the town answers to reading and writing there: everything that is not "does not exist" or "link closed"."""
    wrong = []
    for address, path in pairs:
        wanted = {410} if address.by_link else {404, 410} if address.public else {404}
        for method in sorted(address.methods):
            answer = browser.generic(method, path)
            if answer.status_code not in wanted:
                wrong.append(f"{address} {method}: {answer.status_code}")
    return wrong


def test_every_thing_of_another_town_does_not_exist_here(two_towns):
    ours, theirs, browser = two_towns
    before = everything()
    assert refusals(browser, in_our_town_with_their_things(ours, theirs, WITH_THINGS)) == []
    assert differences(before, everything()) == []


def test_a_version_of_another_town_does_not_exist_here_even_if_the_number_would_be_ours_next(two_towns):
    ours, theirs, browser = two_towns
    more(theirs)
    length = entries()
    assert refusals(browser, in_our_town_with_their_things(ours, theirs, NUMBERED)) == []
    assert entries() == length


def test_there_is_nothing_in_our_town_that_would_be_404_for_us_too(two_towns):
    """The walk above proves nothing if the pages were broken: with our own things they are there."""
    ours, _theirs, browser = two_towns
    judge = browser_of(ours.values["waiting_member"])
    with within(ours.municipality):
        pages = [each for each in WITH_THINGS if each.reads() and not (each.by_link or each.is_document)]
        reading = [(each, each.filled(ours.values)) for each in pages]
    missing = [
        f"{address}: {status}" for address, path in reading
        if (status := (judge if str(address) in ON_THE_SEAT else browser).get(path).status_code)
        not in (200, 302, 403) and not address.public
    ]  # fmt: skip
    assert missing == []


def test_a_role_in_one_town_is_no_role_in_the_next(two_towns):
    """Somebody with every role in our town knocks at every door of the other one."""
    ours, theirs, _both = two_towns
    somebody = make_user("otto@auental.example", "Otto Überall")
    with within(ours.municipality):
        Membership.objects.bulk_create(Membership(user=somebody, role=role) for role in TOWN_ROLES)
    browser = browser_of(somebody)
    with within(theirs.municipality):
        chosen = [(each, each.filled(theirs.values)) for each in addresses(TOWN) if each.requires and not each.by_link]
    before = entries()
    opened = [
        f"{address} {method}" for address, path in chosen for method in sorted(address.methods)
        if browser.generic(method, path).status_code != 403
    ]  # fmt: skip
    assert opened == []
    assert entries() == before


def test_no_form_lets_a_thing_of_another_town_in(two_towns):
    """Every choice among things, on every form, answered with keys of the other town: nothing is linked."""
    ours, theirs, browser = two_towns
    with within(ours.municipality):
        reading = [each for each in addresses(TOWN) if each.reads() and each.requires and not each.by_link]
        pages = [each.filled(ours.values) for each in reading if not each.is_document]
    forms = [form for page in pages for form in forms_of(browser.get(page), page)]
    things = ThingsOfBoth(ours, theirs)
    tried = 0
    for form, name in once_each(forms, lambda form: form.choices_of_things):
        for value in things.foreign(form.offers[name], several=form.kinds[name] == "checkbox"):
            browser.post(form.action, form.filled | {name: value})
            tried += 1
    assert tried > 30
    assert over_the_border() == []


class ThingsOfBoth:
    """The keys of everything in both towns, to find out what a choice on a form is about."""

    def __init__(self, ours, theirs):
        def keys(built):
            with within(built.municipality):
                return {model: set(model.objects.values_list("pk", flat=True)) for model in belonging_to_towns()}

        self.ours, self.theirs = keys(ours), keys(theirs)

    def foreign(self, offered: list[str], *, several: bool) -> list:
        """Keys of the other town for these choices: of the models all of whose rows are offered, else of more."""
        wanted = {int(each) for each in offered if each}
        like = [model for model, keys in self.ours.items() if keys and wanted <= keys]
        exact = [model for model in like if wanted == self.ours[model]]
        found = {max(self.theirs[model]) for model in exact or like if self.theirs[model]}
        return [sorted(found)] if several else sorted(found)


def test_a_form_that_was_sent_in_one_town_was_not_sent_in_the_other(two_towns):
    """The mark against double clicks is a matter of each town."""
    ours, theirs, browser = two_towns
    data = {"text": "Ein Waldspielplatz", "source": "voice", "once": "dasselbe-Zeichen"}
    for built in (ours, theirs):
        before = entries()
        assert browser.post(f"/{built.slug}/participation/ideas/new/", data).status_code == 302
        assert entries() == before + 1
