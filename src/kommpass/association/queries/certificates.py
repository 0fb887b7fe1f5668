"""Certificates of many towns as they stand on a day, in three queries however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kommpass.certification.queries import Standing, certificates, lapses, leading, running_lapse, standing
from kommpass.domain.validity import CertificateState, Gap


def standings(day: date) -> list[Standing]:
    """All certificates in scope, the newest first, without the long texts that nobody shows in a list."""
    found = certificates().select_related(None).select_related("municipality", "procedure__municipality")
    return [standing(each, day) for each in found.defer("canonical")]


def of_procedure(found: Iterable[Standing]) -> dict[int, Standing]:
    """The newest certificate of each procedure."""
    chosen: dict[int, Standing] = {}
    for each in found:
        chosen.setdefault(each.certificate.procedure_id, each)
    return chosen


@dataclass(frozen=True)
class Holding:
    """The certificates of one town in one scheme: the one that tells today's state, the others, the gaps."""

    leading: Standing
    others: tuple[Standing, ...]
    gaps: tuple[Gap, ...]
    lapsed: Gap | None = None
    """The gap that goes on today: the last award has ended and none followed."""

    @property
    def town(self):
        return self.leading.certificate.municipality

    @property
    def state(self) -> CertificateState:
        return self.leading.state

    @property
    def coming(self) -> Standing | None:
        """An award that is issued and begins later."""
        return next((each for each in self.others if each.state is CertificateState.NOT_YET), None)


def holdings(found: Iterable[Standing], day: date) -> list[Holding]:
    """One for each town and scheme, by the names of the towns."""
    groups: dict[tuple[int, str], list[Standing]] = {}
    for each in found:
        key = each.certificate.municipality_id, each.certificate.procedure.scheme_key
        groups.setdefault(key, []).append(each)
    made = [_holding(group, day) for group in groups.values()]
    return sorted(made, key=lambda each: (each.town.name, each.town.pk, each.leading.certificate.procedure.scheme_key))


def _holding(group: Sequence[Standing], day: date) -> Holding:
    tells = leading(group)
    return Holding(
        tells, tuple(each for each in group if each is not tells), tuple(lapses(group)), running_lapse(group, day)
    )
