"""What is done with certificates: issued, signed, changed by later steps, and proved year by year."""

from kommpass.certification.actions.changing import note_step, record_proof
from kommpass.certification.actions.issuing import issue_and_sign, issue_certificate, sign_certificate

__all__ = ["issue_and_sign", "issue_certificate", "note_step", "record_proof", "sign_certificate"]
