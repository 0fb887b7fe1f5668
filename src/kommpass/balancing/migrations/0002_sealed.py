"""A closed balance has no update path."""

from django.db import migrations

from kommpass.municipalities.sealing import seal


class Migration(migrations.Migration):
    dependencies = [("balancing", "0001_initial")]

    operations = [
        seal("balancing_sealedbalance"),
    ]
