from kommpass.municipalities.scope import within
from tests.house.addresses import TOWN, addresses
from tests.house.towns import build_town, more
from tests.conftest import signed_in

def test_parts(db):
    built = build_town("auental", mark="<b>fett")
    more(built)
    found = []
    with within(built.municipality):
        for a in addresses(TOWN):
            if a.name.startswith("reporting:") and a.reads() :
                found.append((a.name, a.filled(built.values)))
    for role in ("coordinator","association_office","council_member"):
        c = signed_in(built.people[role])
        for n, path in found:
            r = c.get(path)
            print(role, n, path, r.status_code)
            assert r.status_code in (200, 403)
            assert "text/html" not in r.headers["Content-Type"] or b"<b>fett" not in r.content
