"""A town brings its own Word template; one that does not work is refused before it is kept."""

from datetime import datetime

from django.db import transaction

from kommpass.adapters.documents import check_template
from kommpass.agreement.models import WordTemplate
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor


@transaction.atomic
def upload_template(
    *, procedure: Procedure, purpose: str, name: str, content: bytes, by: Actor, at: datetime
) -> WordTemplate:
    """Keep a template. Raises TemplateRefused with the mistake in a sentence."""
    permit(by, "template.upload", procedure)
    check_template(purpose, content)
    template = WordTemplate.objects.create(
        purpose=purpose, name=name, content=content, uploaded_at=at, uploaded_by=by.name
    )
    record(procedure, "template.upload", by=by, at=at, template=template.pk, name=name, purpose=purpose)
    return template
