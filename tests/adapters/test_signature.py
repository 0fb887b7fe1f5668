"""A signature proves the file as it was signed, and nothing else: whatever is changed, added or taken away shows."""

import os
import shutil
import subprocess
import time
from datetime import UTC, datetime
from ssl import PEM_cert_to_DER_cert

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters import signed_files as files

from kommpass.adapters.signature import KeyMissing, Outcome, SigningFailed, check, checking, load_key, sign, signing
from kommpass.adapters.signature.inspector import inspect

REASON = "K-2026-0012-01"


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    return load_key(files.own_key(tmp_path_factory.mktemp("key") / "own"))


@pytest.fixture(scope="module")
def known(pair):
    return [pair.public_pem.decode()]


@pytest.fixture(scope="module")
def signed(pair):
    return sign(files.small_pdf(), pair, reason=REASON, location="Auental")


def test_what_was_signed_is_genuine_and_says_what_for_by_whom_and_when(signed, known, pair):
    before = datetime.now(UTC)
    found = check(signed, known)
    assert (found.outcome, found.reason, found.fingerprint) == (Outcome.GENUINE, REASON, pair.fingerprint)
    assert abs((before - found.signed_at).total_seconds()) < 3600


def test_the_pages_stay_as_they_were(signed):
    assert signed.startswith(files.small_pdf()[:-10])


class TestAnIndependentReader:
    @pytest.fixture
    def says(self, tmp_path):
        """What poppler says of a file."""
        reader = os.environ.get("PDFSIG") or shutil.which("pdfsig")
        if not reader:
            sentence = "needs poppler's pdfsig: install poppler-utils, or name it in PDFSIG=/path/to/pdfsig"
            if os.environ.get("KOMMPASS_REQUIRE_ALL") == "1":
                pytest.fail(sentence)
            pytest.skip(sentence)

        def read(file: bytes) -> str:
            place = tmp_path / "urkunde.pdf"
            place.write_bytes(file)
            return subprocess.run([reader, str(place)], capture_output=True, text=True, check=False).stdout

        return read

    def test_finds_the_signature_valid_over_all_of_the_file(self, says, signed):
        said = says(signed)
        for words in (
            "Signature is Valid.", "Total document signed", "ETSI.CAdES.detached", "SHA-256", "Common Name: Verein"
        ):  # fmt: skip
            assert words in said

    def test_notices_what_we_notice(self, says, signed):
        at = signed.index(b"/MediaBox") + 12
        tampered = signed[:at] + b"9" + signed[at + 1 :]
        assert "Signature is Valid." not in says(tampered)
        assert "Total document signed" not in says(files.later_update(signed))

    def test_reads_a_signature_with_a_key_that_somebody_brought(self, says, tmp_path):
        brought = load_key(files.own_key(tmp_path / "own", issuer=files.authority()))
        assert "Signature is Valid." in says(sign(files.small_pdf(), brought, reason=REASON))


class TestChanges:
    @pytest.mark.parametrize("behind", [b"\n", b" ", b"\r\n\r\n", b"\0", b"%", b"1 0 obj\n<<>>\nendobj\n"])
    def test_not_even_a_blank_may_follow(self, signed, known, behind):
        assert inspect(signed + behind, known)["outcome"] == "changed"
        assert inspect(signed + b"%%EOF" + behind, known)["outcome"] != "genuine"

    @pytest.mark.parametrize("before", [b"\n", b" ", b"%\n"])
    def test_not_even_a_blank_may_come_before(self, signed, known, before):
        assert inspect(before + signed, known)["outcome"] != "genuine"

    def test_an_update_behind_the_signature_is_a_change(self, signed, known):
        assert check(files.later_update(signed), known).outcome is Outcome.CHANGED

    def test_a_second_signature_is_a_change_whoever_made_it(self, signed, known, tmp_path):
        other = load_key(files.own_key(tmp_path / "other"))
        with pytest.raises(SigningFailed):
            sign(signed, other, reason=REASON)  # our own signer does not even do it: nothing may follow
        assert inspect(files.later_update(signed), [*known, other.public_pem.decode()])["outcome"] == "changed"

    def test_a_file_signed_by_a_stranger_is_not_ours(self, known, tmp_path):
        """Also if the certificate bears our name: only the key counts."""
        forged = sign(files.small_pdf(), load_key(files.own_key(tmp_path / "own")), reason=REASON)
        assert [check(forged, known).outcome, inspect(forged, known)["outcome"]] == ["unknown_key"] * 2

    def test_a_strangers_signature_beside_our_certificate_is_no_signature_of_ours(self, signed, known, tmp_path):
        forged = sign(files.small_pdf(), load_key(files.own_key(tmp_path / "own")), reason=REASON)
        ours = PEM_cert_to_DER_cert(known[0]).hex().upper().encode()
        assert check(forged + b"% " + ours, known).outcome is Outcome.UNKNOWN_KEY

    def test_a_copy_without_signature_is_only_a_copy(self, signed, known):
        assert check(files.small_pdf(), known).outcome is Outcome.UNSIGNED
        assert check(files.stripped(signed), known).outcome is Outcome.UNSIGNED

    @pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8, 0.95, 0.999])
    def test_a_file_that_was_cut_off_proves_nothing(self, signed, known, share):
        assert inspect(signed[: int(len(signed) * share)], known)["outcome"] in ("changed", "unreadable", "unsigned")

    def test_an_encrypted_copy_proves_nothing(self, signed, known):
        for locked in (files.encrypted(signed), files.encrypted(files.small_pdf())):
            assert check(locked, known).outcome is Outcome.UNREADABLE
            assert inspect(locked, known)["outcome"] in ("unreadable", "unsigned")

    @settings(max_examples=120, deadline=None)
    @given(data=st.data())
    def test_a_single_changed_byte_shows_wherever_it_lies(self, signed, known, data):
        """Only the bytes that hold the signature itself are not covered by it: those are compared with what is kept."""
        place = data.draw(st.integers(0, len(signed) - 1))
        byte = data.draw(st.integers(0, 255).filter(lambda each: each != signed[place]))
        changed = signed[:place] + bytes([byte]) + signed[place + 1 :]
        first, end = files.container(signed)
        assert first <= place < end or inspect(changed, known)["outcome"] != "genuine"

    @settings(max_examples=50, deadline=None)
    @given(data=st.data())
    def test_bytes_that_were_put_in_or_taken_out_show_everywhere(self, signed, known, data):
        place, more = data.draw(st.integers(0, len(signed))), data.draw(st.binary(min_size=1, max_size=8))
        gone = data.draw(st.integers(1, 8))
        assert inspect(signed[:place] + more + signed[place:], known)["outcome"] != "genuine"
        place = min(place, len(signed) - 1)
        assert inspect(signed[:place] + signed[place + gone :], known)["outcome"] != "genuine"

    def test_a_walk_through_the_file_finds_no_hole(self, signed, known):
        first, end = files.container(signed)
        for place in [*range(0, first, 97), *range(end, len(signed), 11)]:
            changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
            assert (place, inspect(changed, known)["outcome"] == "genuine") == (place, False)


class TestNoPdf:
    @pytest.mark.parametrize(
        "file",
        [b"", b"%PD", b"Hallo", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"<html>/ByteRange</html>", b"\0" * 100],
        ids=["nothing", "half a word", "text", "picture", "archive", "page", "zeros"],
    )
    def test_is_unreadable(self, known, file):
        assert check(file, known).outcome is Outcome.UNREADABLE

    def test_eleven_megabytes_are_not_even_looked_at(self, signed, known):
        began = time.perf_counter()
        assert check(signed + bytes(11 * 1024 * 1024), known).outcome is Outcome.UNREADABLE
        assert time.perf_counter() - began < 0.5

    @pytest.mark.parametrize("kind", files.MALICIOUS)
    def test_a_malicious_file_is_answered_in_time_and_never_genuine(self, known, kind):
        file = files.malicious(kind, known[0])
        began = time.perf_counter()
        assert check(file, known).outcome in (Outcome.UNREADABLE, Outcome.UNSIGNED)
        assert time.perf_counter() - began < checking.MOST_SECONDS + 5

    def test_an_inspector_that_never_ends_is_stopped(self, known, signed, monkeypatch, tmp_path):
        (tmp_path / "inspector.py").write_text("import time; time.sleep(60)")
        monkeypatch.setattr(checking, "INSPECTOR", tmp_path / "inspector.py")
        monkeypatch.setattr(checking, "MOST_SECONDS", 0.5)
        assert check(signed, known).outcome is Outcome.UNREADABLE

    @pytest.mark.parametrize("code", ["import os; os.abort()", "print('Unsinn')", "raise SystemExit(3)"])
    def test_an_inspector_that_breaks_does_not_take_us_along(self, known, signed, monkeypatch, tmp_path, code):
        (tmp_path / "inspector.py").write_text(code)
        monkeypatch.setattr(checking, "INSPECTOR", tmp_path / "inspector.py")
        assert check(signed, known).outcome is Outcome.UNREADABLE

    def test_when_many_ask_at_once_the_next_one_is_told_so(self, known, signed, monkeypatch):
        monkeypatch.setattr(checking, "WAIT_SECONDS", 0.05)
        for _place in range(checking.AT_ONCE):
            assert checking._places.acquire(timeout=1)
        try:
            assert check(signed, known).outcome is Outcome.BUSY
            assert check(b"Hallo", known).outcome is Outcome.UNREADABLE  # needs no place
        finally:
            checking._places.release(checking.AT_ONCE)
        assert check(signed, known).outcome is Outcome.GENUINE


class TestKeys:
    def test_a_new_key_is_readable_by_its_owner_only(self, tmp_path):
        made = files.new_pair(tmp_path / "neu", subject="Stadt Auental")
        modes = {each.name: oct(each.stat().st_mode & 0o777) for each in (tmp_path / "neu").iterdir()}
        assert modes == {"signing.key": "0o600", "signing.crt": "0o600"}
        assert oct((tmp_path / "neu").stat().st_mode & 0o777) == "0o700"
        assert (made.subject, made.valid_until.year) == ("Stadt Auental", 2046)
        assert load_key(tmp_path / "neu") == made

    def test_nothing_that_is_printed_shows_the_private_half(self, pair, monkeypatch, tmp_path):
        assert "PRIVATE" not in repr(pair)
        (tmp_path / "signer.py").write_text("import sys; sys.exit('kaputt')")
        monkeypatch.setattr(signing, "SIGNER", tmp_path / "signer.py")
        with pytest.raises(SigningFailed) as failed:
            sign(files.small_pdf(), pair, reason=REASON)
        assert str(failed.value).strip() == "kaputt"
        monkeypatch.setattr(signing, "MOST_SECONDS", 0.0001)
        with pytest.raises(SigningFailed) as failed:
            sign(files.small_pdf(), pair, reason=REASON)
        assert (str(failed.value), failed.value.__suppress_context__) == ("TimeoutExpired", True)

    def test_a_replaced_key_lies_aside_even_if_two_are_replaced_in_one_second(self, tmp_path):
        pairs = [files.new_pair(tmp_path) for _replacement in range(3)]
        assert sorted(each.name for each in tmp_path.iterdir()) == [
            "20261102-120000-2-signing.crt", "20261102-120000-2-signing.key",
            "20261102-120000-signing.crt", "20261102-120000-signing.key",
            "signing.crt", "signing.key",
        ]  # fmt: skip
        assert (tmp_path / "20261102-120000-signing.crt").read_bytes() == pairs[0].public_pem
        assert load_key(tmp_path) == pairs[2]

    def test_after_a_replacement_both_documents_are_genuine(self, tmp_path):
        first = load_key(files.own_key(tmp_path / "own"))
        old = sign(files.small_pdf(), first, reason="K-2026-0001-01")
        second = files.new_pair(tmp_path / "own")
        new = sign(files.small_pdf(), second, reason="K-2026-0001-01")
        known = [each.public_pem.decode() for each in (first, second)]
        assert [check(each, known).fingerprint for each in (old, new)] == [first.fingerprint, second.fingerprint]

    @pytest.mark.parametrize(
        ("key", "form"),
        [
            (lambda: ec.generate_private_key(ec.SECP256R1()), files.PKCS8),
            (lambda: ec.generate_private_key(ec.SECP384R1()), files.OLD),
            (lambda: ec.generate_private_key(ec.BrainpoolP256R1()), files.PKCS8),
            (lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048), files.OLD),
        ],
        ids=["EC", "EC in the older form", "brainpool", "RSA in the older form"],
    )
    def test_a_key_that_somebody_brought_signs_as_well(self, tmp_path, key, form):
        brought = load_key(files.own_key(tmp_path / "own", key(), form=form))
        signed = sign(files.small_pdf(), brought, reason=REASON)
        assert inspect(signed, [brought.public_pem.decode()])["outcome"] == "genuine"

    def test_the_certificates_of_the_authority_come_along(self, tmp_path):
        brought = load_key(files.own_key(tmp_path / "own", issuer=(above := files.authority())))
        assert brought.chain == (above[1].public_bytes(files.PEM),)
        signed = sign(files.small_pdf(), brought, reason=REASON)
        assert above[1].public_bytes(serialization.Encoding.DER).hex().upper().encode() in signed
        assert inspect(signed, [brought.public_pem.decode()])["outcome"] == "genuine"
        # Whom the authority signs else is none of our keys.
        assert inspect(signed, [above[1].public_bytes(files.PEM).decode()])["outcome"] == "unknown_key"

    def test_a_signature_stays_genuine_when_its_certificate_has_ended(self, tmp_path):
        ended = load_key(files.own_key(tmp_path / "own", ends=datetime(2021, 1, 1, tzinfo=UTC)))
        assert inspect(sign(files.small_pdf(), ended, reason=REASON), [ended.public_pem.decode()])["outcome"] == (
            "genuine"
        )

    @pytest.mark.parametrize("kind", files.WEAK)
    def test_a_weak_or_unusual_key_is_refused_with_a_sentence(self, tmp_path, kind):
        with pytest.raises(KeyMissing, match="expected RSA with 2048 bits or more, or EC with 256"):
            load_key(files.own_key(tmp_path / "own", files.WEAK[kind]()))

    def test_what_is_missing_or_wrong_is_said(self, tmp_path):
        folder = tmp_path / "own"
        with pytest.raises(KeyMissing, match="run `kommpass signingkey make`"):
            load_key(folder)
        files.own_key(folder)
        (folder / "signing.crt").unlink()
        with pytest.raises(KeyMissing, match=r"expected signing\.key and signing\.crt"):
            load_key(folder)
        (folder / "signing.crt").write_bytes(b"Unsinn")
        with pytest.raises(KeyMissing, match="cannot be read"):
            load_key(folder)
        other = files.own_key(tmp_path / "other")
        (folder / "signing.crt").write_bytes((other / "signing.crt").read_bytes())
        with pytest.raises(KeyMissing, match="do not belong together"):
            load_key(folder)
        files.own_key(folder, lock=serialization.BestAvailableEncryption(b"geheim"))
        with pytest.raises(KeyMissing, match="cannot be read"):
            load_key(folder)
        (folder / "signing.key").unlink()
        (folder / "signing.key").mkdir()
        with pytest.raises(KeyMissing, match="cannot be read"):
            load_key(folder)
