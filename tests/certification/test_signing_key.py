"""`kommpass signingkey`: one key at set-up, replaceable without losing what the old one signed."""

import io

import pytest
from django.core.management import CommandError, call_command

from kommpass.adapters.signature import load_key
from kommpass.certification import actions
from kommpass.certification.models import CertificateDocument, SigningKey
from kommpass.domain.refusals import NotPossible
from tests.adapters import signed_files as files
from tests.certification.builders import AWARDED, issued
from tests.journeys.afterwards import ASSOCIATION
from tests.journeys.story import noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.SIGNING_FOLDER = tmp_path / "signing"
    settings.SIGNING_SUBJECT = "Verein der Probe"
    return tmp_path / "signing"


def run(*arguments: str, **options) -> str:
    written = io.StringIO()
    call_command("signingkey", *arguments, stdout=written, stderr=written, **options)
    return written.getvalue()


def test_a_key_is_made_once_and_its_public_half_is_remembered(folder):
    said = run("make")
    pair = load_key(folder)
    assert pair.fingerprint in said and "Verein der Probe" in said and str(folder) in said
    assert list(SigningKey.objects.values_list("fingerprint", "pem", "retired_at")) == [
        (pair.fingerprint, pair.public_pem.decode(), None)
    ]
    with pytest.raises(CommandError, match="Mit --replace wird er beiseitegelegt"):
        run("make")
    assert (run("make", "--if-missing"), load_key(folder)) == ("", pair)
    assert "PRIVATE" not in said


def test_a_replaced_key_is_remembered_even_if_it_never_signed(folder):
    files.own_key(folder)
    first = load_key(folder)
    run("make", "--replace")
    second = load_key(folder)
    keys = {each.fingerprint: bool(each.retired_at) for each in SigningKey.objects.all()}
    assert keys == {first.fingerprint: True, second.fingerprint: False}
    assert f"Früher:        {first.fingerprint}" in run("show")


def test_a_broken_key_can_be_replaced_and_is_said_to_be_broken(folder):
    folder.mkdir()
    (folder / "signing.key").write_text("kaputt")
    with pytest.raises(CommandError, match=r"expected signing\.key and signing\.crt"):
        run("show")
    assert run("make", "--if-missing") == ""
    assert "war nicht brauchbar" in run("make", "--replace")
    assert load_key(folder).subject == "Verein der Probe"


def test_a_missing_key_is_said_with_the_way_out(folder):
    with pytest.raises(CommandError, match="run `kommpass signingkey make`"):
        run("show")


def test_a_folder_nobody_may_write_to_is_said(settings, tmp_path):
    (tmp_path / "datei").write_text("")
    settings.SIGNING_FOLDER = tmp_path / "datei" / "signing"
    with pytest.raises(CommandError, match="lässt sich kein Schlüssel anlegen"):
        run("make")


def test_the_first_certificate_makes_a_key_if_set_up_has_not(procedure, folder):
    document = actions.sign_certificate(certificate=issued(procedure), by=ASSOCIATION, at=noon(AWARDED))
    assert document.key.fingerprint == load_key(folder).fingerprint


@pytest.mark.parametrize("what", ["mismatching", "ended", "weak"])
def test_a_key_that_cannot_be_used_stops_the_document_with_a_sentence_and_makes_no_other(procedure, folder, what):
    if what == "ended":
        files.own_key(folder, ends=noon(AWARDED).replace(year=2025))
    elif what == "weak":
        files.own_key(folder, files.WEAK["RSA with 1024 bits"]())
    else:
        files.own_key(folder)
        (folder / "signing.crt").write_bytes((files.own_key(folder.parent / "other") / "signing.crt").read_bytes())
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    certificate = issued(procedure)
    with pytest.raises(NotPossible, match="Der Signaturschlüssel dieser Installation lässt sich nicht verwenden"):
        actions.sign_certificate(certificate=certificate, by=ASSOCIATION, at=noon(AWARDED))
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
    assert CertificateDocument.objects.count() == 0


def test_a_second_document_is_made_only_after_the_key_was_replaced(procedure, folder):
    certificate = issued(procedure)
    files.own_key(folder)
    first = actions.sign_certificate(certificate=certificate, by=ASSOCIATION, at=noon(AWARDED))
    with pytest.raises(NotPossible, match="Die Urkunde ist schon signiert"):
        actions.sign_certificate(certificate=certificate, by=ASSOCIATION, at=noon(AWARDED))
    run("make", "--replace")
    second = actions.sign_certificate(certificate=certificate, by=ASSOCIATION, at=noon(AWARDED))
    assert (first.key.fingerprint != second.key.fingerprint, certificate.documents.count()) == (True, 2)
