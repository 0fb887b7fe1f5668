"""A record in the form in which it is compared: without what is only manner of writing."""

from dataclasses import dataclass
from functools import lru_cache

from kommpass.domain.likeness.contacts import mail_address, own_domain, phone_numbers
from kommpass.domain.likeness.records import Record
from kommpass.domain.likeness.sites import Site, site
from kommpass.domain.likeness.wording import Wording, wording


@dataclass(frozen=True, slots=True)
class Normal:
    """A record in comparable form. `domains` are the provider's own, not those of public mail.

    `hours` are weekly times as "TU 10:00", `days` their weekdays or, without times, those the title names.
    """

    record: Record
    title: Wording
    provider: Wording
    kind: Wording
    site: Site
    phones: frozenset[str]
    mails: frozenset[str]
    domains: frozenset[str]
    marks: frozenset[str]
    days: frozenset[str]
    hours: frozenset[str]

    @property
    def place_name(self) -> str:
        return self.site.name


@lru_cache(maxsize=20_000)
def normal(record: Record) -> Normal:
    """The comparable form."""
    title = wording(record.title)
    place = site(record.street, record.postal_code, record.latitude, record.longitude)
    mails = frozenset(filter(None, map(mail_address, record.mails)))
    hours = frozenset(time for each in record.times if (time := " ".join(each.upper().split())))
    return Normal(
        record=record,
        title=title,
        provider=wording(record.provider),
        kind=wording(record.kind),
        site=place,
        phones=frozenset(number for each in record.phones for number in phone_numbers(each)),
        mails=mails,
        domains=frozenset(filter(None, map(own_domain, mails))),
        marks=title.marks - _house_numbers(record.street, title),
        days=frozenset(each.split()[0] for each in hours) or title.days,
        hours=hours,
    )


def _house_numbers(street: str, title: Wording) -> frozenset[str]:
    """In "Kita Am Volkspark 41" the number is the address and no mark."""
    address = wording(street)
    return address.marks if address.words and set(address.words) <= set(title.words) else frozenset()
