"""Which input makes sense for certificates: what the office issues and notes, and what everybody may ask."""

from kommpass.certification.forms.asking import LARGEST_REQUEST, FileForm, NumberForm
from kommpass.certification.forms.issuing import IssueForm, ProofForm, StepForm

__all__ = ["LARGEST_REQUEST", "FileForm", "IssueForm", "NumberForm", "ProofForm", "StepForm"]
