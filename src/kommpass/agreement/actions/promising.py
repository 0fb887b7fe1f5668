"""Adopting a version: the one place where an adoption is made, and where measures become promises."""

from kommpass.agreement.content import measures_in
from kommpass.agreement.models import Adoption, Measure, Version


def adopt(version: Version, **given) -> Adoption:
    """Make the adoption. From now on the measures of this version are promised, whatever else the draft has."""
    adoption = Adoption.objects.create(version=version, **given)
    keys = [each["id"] for each in measures_in(version.content)]
    Measure.objects.filter(agreement=version.agreement_id, promised=False, uid__in=keys).update(promised=True)
    return adoption
