"""Adopting a version: the one place where an adoption is made, and where measures become promises."""

from kommpass.agreement.content import measure_keys
from kommpass.agreement.models import Adoption, Measure, Version


def adopt(version: Version, **given) -> Adoption:
    """Make the adoption. From now on the measures of this version are promised, whatever else the draft has."""
    adoption = Adoption.objects.create(version=version, **given)
    own = Measure.objects.filter(agreement=version.agreement_id, promised=False)
    own.filter(uid__in=measure_keys(version.content)).update(promised=True)
    return adoption
