import pytest
from datetime import date, timedelta
from decimal import Decimal
from kommpass.municipalities.scope import within
from tests.association.builders import *
from tests.conftest import signed_in
from tests.journeys import story
from django.utils import timezone
from kommpass.association.models import *
from kommpass.people.queries import actor as actor_of

def test_all(db):
    today = timezone.localdate()
    on = today - timedelta(days=500)
    with story.town("Bad Oeynhausen","bo",population=49000,begins=on-timedelta(days=300)) as p:
        told = certified(adopted(p, on, "Familienbüro im Rathaus","Spielplätze im Schatten"), on+timedelta(days=30), (today+timedelta(days=200)).isoformat()[:7])
        reported(told, today.year-1)
        contract(p, Decimal("17500"), on, (on, Decimal(7500)), (on+timedelta(days=300), Decimal(10000)))
    with story.town("Delmenhorst","del",population=81000,state="NI",begins=on) as p2:
        two = decided(adopted(p2, on, "Netz"), on+timedelta(days=30), verdict="conditions", conditions=[{"text":"Mehr","due_on":on+timedelta(days=90),"blocking":True}])
    with story.town("Herten","herten",population=60000,begins=on) as p3:
        three = before_the_board(adopted(p3, on), on+timedelta(days=5))
    with story.town("Leer","leer",population=0,begins=on) as p4: pass
    person = licensed()
    browser = signed_in(officer())
    ok = {}
    def get(path):
        r = browser.get(path); ok[path] = r.status_code
        open("/tmp/out-f.html","w").write(r.content.decode(errors="replace"))
        assert r.status_code == 200, path
        return r
    for path in ("procedures/","procedures/table.csv","towns/bo/","towns/del/","towns/leer/","auditors/","auditors/table.csv",f"auditors/{person.pk}/","auditors/add/","board/","board/add/","reports/","reports/table.csv","conditions/","conditions/table.csv","ceremonies/","ceremonies/add/","practice/","practice/?q=buero","practice/table.csv","statistics/","statistics/table.csv","schemes/","schemes/compare/","schemes/compare/?old=familiengerechte_kommune:2025.1&new=familiengerechte_kommune:2026.1","schemes/familiengerechte_kommune/2025.1/","schemes/familienbewusst_plus/2020.1/","schemes/familiengerechte_kommune/2026.1/upgrades/", f"contracts/{p.pk}/", f"contracts/{p4.pk}/", f"mandates/{p.pk}/"):
        get("/association/"+path)
    for path in ("/register/","/register/register.json","/register/register.csv"): get(path)
    r = browser.post("/association/board/add/", {"held_on": today.isoformat(), "place":"Bochum","note":"x"})
    assert r.status_code==302, r.content.decode()[:3000]
    agenda = r["Location"]; get(agenda)
    r = browser.post(agenda, {f"case-{three.case.pk}": "1", f"case-{two.case.pk}": "2"}); assert r.status_code==302
    get(r["Location"]); get(r["Location"]+"print/"); get(r["Location"]+"edit/"); get("/association/board/")
    r = browser.post("/association/ceremonies/add/", {"title":"Fest","held_on": today.isoformat()}); assert r.status_code==302
    page = r["Location"]; get(page)
    r = browser.post(page+"invite/", {"certificate": told.certificate.pk, "people": 4}); assert r.status_code==302
    get(page); get(page+"print/"); get(page+"table.csv"); get("/association/ceremonies/")
    with within(p4.municipality): pass
    r = browser.post(f"/association/contracts/{p4.pk}/", {"signed_on":"01.02.2026","fee":"100,00"}); assert r.status_code==302, r.content.decode()[5000:9000]
    with within(p4.municipality): c = Contract.objects.get()
    get(f"/association/contracts/{c.pk}/instalments/")
    get(f"/association/contracts/{c.pk}/instalments/?number=3&first=2026-02-01&months=3")
    rows = {"rate-TOTAL_FORMS":"2","rate-INITIAL_FORMS":"2","rate-MIN_NUM_FORMS":"0","rate-MAX_NUM_FORMS":"12","rate-0-due_on":"2026-03-01","rate-0-amount":"40","rate-1-due_on":"2026-09-01","rate-1-amount":"60"}
    r = browser.post(f"/association/contracts/{c.pk}/instalments/", rows); assert r.status_code==302, r.content.decode()
    get(r["Location"])
    with within(p4.municipality): i = Instalment.objects.first()
    r = browser.post(f"/association/instalments/{i.pk}/paid/", {"paid_on":"2026-03-02"}); assert r.status_code==302
    get(r["Location"])
    r = browser.post(f"/association/instalments/{i.pk}/unpaid/"); assert r.status_code==302
    r = browser.post(f"/association/mandates/{p4.pk}/", {"person": person.pk}); assert r.status_code==302, r.content.decode()
    get("/association/auditors/"); get(r["Location"])
    print(ok)
