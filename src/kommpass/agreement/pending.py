"""Keeps an uploaded plan file between the steps of the page. Of the agreement itself nothing changes here."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from kommpass.adapters.plan_files import Mapping
from kommpass.agreement.models import Agreement, PendingUpload
from kommpass.agreement.preview import Choices
from kommpass.domain.permissions import Actor

KEPT_FOR = timedelta(days=1)


def keep_upload(
    *,
    agreement: Agreement,
    file_name: str,
    content: bytes,
    parts: Sequence[str],
    mapping: Mapping | None,
    by: Actor,
    at: datetime,
) -> PendingUpload:
    """Keep a file until its owner decides; what nobody came back for within a day goes."""
    PendingUpload.objects.filter(uploaded_at__lt=at - KEPT_FOR).delete()
    return PendingUpload.objects.create(
        agreement=agreement,
        file_name=file_name[-200:],
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        parts=list(parts),
        mapping=mapping.as_dict() if mapping else {},
        choices=Choices(mapping=mapping).as_dict(),
        by_id=by.id,
        uploaded_at=at,
    )


def uploads_of(agreement: Agreement, by: Actor, at: datetime) -> QuerySet[PendingUpload]:
    """The files this person has uploaded and not decided on yet."""
    return agreement.pending_uploads.filter(by_id=by.id, uploaded_at__gte=at - KEPT_FOR)


def keep_choices(upload: PendingUpload, choices: Choices) -> None:
    upload.choices = choices.as_dict()
    upload.save(update_fields=["choices"])
