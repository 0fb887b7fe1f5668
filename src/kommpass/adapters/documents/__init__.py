"""Documents from frozen data: target agreement, council paper, certificate and annual report."""

from kommpass.adapters.documents.certificate import certificate_pdf, qr_code
from kommpass.adapters.documents.example_template import agreement_template, council_paper_template
from kommpass.adapters.documents.excel import agreement_xlsx
from kommpass.adapters.documents.failures import DocumentFailed, TemplateRefused
from kommpass.adapters.documents.fonts import font_folder
from kommpass.adapters.documents.pdf import agreement_pdf, council_paper_pdf
from kommpass.adapters.documents.report import (
    association_form_docx,
    association_form_pdf,
    committee_report_docx,
    committee_report_pdf,
    report_docx,
    report_pdf,
)
from kommpass.adapters.documents.report_excel import report_xlsx
from kommpass.adapters.documents.trial import check_template
from kommpass.adapters.documents.word import agreement_docx, council_paper_docx

__all__ = [
    "DocumentFailed",
    "TemplateRefused",
    "agreement_docx",
    "agreement_pdf",
    "agreement_template",
    "agreement_xlsx",
    "association_form_docx",
    "association_form_pdf",
    "certificate_pdf",
    "check_template",
    "committee_report_docx",
    "committee_report_pdf",
    "council_paper_docx",
    "council_paper_pdf",
    "council_paper_template",
    "font_folder",
    "qr_code",
    "report_docx",
    "report_pdf",
    "report_xlsx",
]
