"""Our own calendar files when they come back: they say name, short text and times of an offer, and nothing else."""

from kommpass.domain.offers.content import OfferContent

_TOLD = ("title", "summary")


def from_own_calendar(said: OfferContent, base: OfferContent) -> OfferContent:
    """The offer of `base` with what the file says otherwise. What a calendar cannot show (by arrangement) stays.

    >>> from kommpass.domain.schedules import Schedule
    >>> base = OfferContent(title="A", text="lang", times=(Schedule(kind="arrangement"), Schedule(begins="2027-01-12")))
    >>> from_own_calendar(OfferContent(title="B", times=base.times[1:]), base) == base.having(title="B")
    True
    """
    news = {name: getattr(said, name) for name in _TOLD if getattr(said, name)}
    shown = tuple(each for each in base.times if each.rule or each.begins)
    if said.times != shown or (said.times_text and said.times_text != base.times_text):
        hidden = tuple(each for each in base.times if each not in shown)
        news |= {"times": (*said.times, *hidden), "times_typed": said.times_typed, "times_text": said.times_text}
    return base.having(**news)
