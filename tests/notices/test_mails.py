"""The mails of the demo: readable, with links that work, and nowhere but in the demo."""

import os
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from kommpass.notices import outbox

pytestmark = pytest.mark.django_db
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO, settings.EMAIL_FILE_PATH, settings.BASE_URL = True, tmp_path, "http://127.0.0.1:8000"
    return tmp_path


def send(*letters: EmailMessage) -> None:
    get_connection(FILES).send_messages(list(letters))


def letter(subject: str = "Grüße aus Auental", body: str = "Guten Tag,\n\nschöne Grüße\n") -> EmailMessage:
    return EmailMessage(subject=subject, body=body, to=["vera@auental.example"])


def test_outside_the_demo_the_mails_do_not_exist(client, settings, demo):
    send(letter())
    name = next(demo.iterdir()).name
    settings.DEMO = False
    assert client.get("/mails/").status_code == client.get(f"/mails/{name}/0/").status_code == 404


def test_the_newest_mail_comes_first_with_subject_recipient_and_time(client, demo):
    send(letter("Erste"))
    first = next(demo.iterdir())
    os.utime(first, (1, 1))
    send(letter("Zweite"), letter("Dritte"))
    found = list(outbox.mails())
    assert [each.subject for each in found] == ["Dritte", "Zweite", "Erste"]
    assert {each.recipient for each in found} == {"vera@auental.example"}
    assert all(timezone.now() - each.at < timedelta(minutes=1) for each in found)
    shown = client.get("/mails/").content.decode()
    assert shown.index("Dritte") < shown.index("Erste")


def test_a_mail_is_shown_with_umlauts_and_line_breaks(client, demo):
    send(letter())
    mail = next(outbox.mails())
    assert (mail.subject, mail.text.strip()) == ("Grüße aus Auental", "Guten Tag,\n\nschöne Grüße")
    response = client.get(f"/mails/{mail.file}/{mail.place}/")
    assert "schöne Grüße" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_only_our_own_addresses_can_be_clicked(client, demo):
    ours = "http://127.0.0.1:8000"
    foreign = f"https://evil.example/ {ours}.evil.example/ {ours}@evil.example/ javascript:alert(1)"
    send(letter(body=f"<script>alert(1)</script> {ours}/auental/x/?a=1&b=2. {foreign}\n"))
    mail = next(outbox.mails())
    shown = client.get(f"/mails/{mail.file}/{mail.place}/").content.decode()
    assert '<a href="http://127.0.0.1:8000/auental/x/?a=1&amp;b=2">' in shown
    assert "<script>alert" not in shown
    assert "evil.example/</a>" not in shown and "alert(1)</a>" not in shown


def test_a_line_of_dashes_in_a_mail_does_not_hide_what_follows(client, demo):
    send(letter(body="davor\n" + "-" * 40 + "\ndanach\n"))
    assert "danach" in next(outbox.mails()).text


@pytest.mark.parametrize("name", ["missing.log", "..%2F..%2Fsecret_key", "%2Fetc%2Fpasswd"])
def test_a_foreign_file_cannot_be_read(client, demo, name):
    (demo.parent / "secret_key").write_text("geheim")
    assert client.get(f"/mails/{name}/0/").status_code == 404


def test_an_empty_outbox_says_what_to_do(client, demo):
    assert "Noch keine E-Mail" in client.get("/mails/").content.decode()
