"""Council members ask, the coordination answers. The version itself stays as it is."""

from datetime import datetime

from django.db import transaction

from kommpass.agreement.models import Remark, Version
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor


@transaction.atomic
def write_remark(*, version: Version, text: str, about: str = "", by: Actor, at: datetime) -> Remark:
    permit(by, "remark.write", version.agreement.procedure)
    remark = Remark.objects.create(version=version, about=about, text=text, by_id=by.id, by_name=by.name, at=at)
    record(version.agreement.procedure, "remark.write", by=by, at=at, version=version.number, remark=remark.pk)
    return remark


@transaction.atomic
def answer_remark(*, remark: Remark, answer: str, by: Actor, at: datetime) -> Remark:
    procedure = remark.version.agreement.procedure
    permit(by, "remark.answer", procedure)
    remark.answer, remark.answered_by, remark.answered_at = answer, by.name, at
    remark.save(update_fields=["answer", "answered_by", "answered_at"])
    record(procedure, "remark.answer", by=by, at=at, remark=remark.pk)
    return remark
