"""The deliberate exception: a look across municipalities. The linter says who may import it."""

from django_scopes import scopes_disabled


def across_municipalities():
    """Inside this block queries see every town."""
    return scopes_disabled()
