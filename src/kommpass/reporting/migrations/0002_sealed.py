"""A sealed report and the steps on its way have no update path; a correction is a new version."""

from django.db import migrations

from kommpass.municipalities.sealing import seal


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [
        seal("reporting_sealedreport"),
        seal("reporting_reportstep"),
    ]
