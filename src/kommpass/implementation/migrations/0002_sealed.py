"""What somebody said of a measure or a goal stays; a later word is another row."""

from django.db import migrations

from kommpass.municipalities.sealing import seal


class Migration(migrations.Migration):
    dependencies = [("implementation", "0001_initial")]

    operations = [
        seal("implementation_selfassessment"),
        seal("implementation_indicatorreading"),
        seal("implementation_auditorview"),
        seal("implementation_goaljudgement"),
    ]
