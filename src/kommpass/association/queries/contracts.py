"""Contracts and instalments: of one town or of all, as the scope has it."""

from django.db.models import QuerySet

from kommpass.association.models import Contract, Instalment
from kommpass.audits.models import Procedure


def procedures() -> QuerySet[Procedure]:
    """The procedures in scope, the newest round first."""
    return Procedure.objects.select_related("municipality")


def contracts() -> QuerySet[Contract]:
    """The contracts in scope with their instalments."""
    return Contract.objects.select_related("procedure__municipality", "auditor").prefetch_related("instalments")


def instalments() -> QuerySet[Instalment]:
    return Instalment.objects.select_related("contract__procedure__municipality")


def unpaid() -> QuerySet[Instalment]:
    """What is still to be paid, the next first."""
    return instalments().filter(paid_on=None).order_by("due_on", "pk")
