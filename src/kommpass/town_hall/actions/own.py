"""What a person does with their own account. It belongs to no town, so no journal of a town hears of it."""

from django.db import transaction

from kommpass.people.letters import one_line
from kommpass.people.models import User


@transaction.atomic
def change_profile(*, user: User, name: str, phone: str) -> User:
    user.name, user.phone = one_line(name)[:150], one_line(phone)[:50]
    user.save(update_fields=["name", "phone"])
    return user
