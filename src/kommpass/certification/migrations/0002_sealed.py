"""A certificate, its document, its steps and its proofs have no update path."""

from django.db import migrations

from kommpass.municipalities.sealing import seal


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial")]

    operations = [
        seal("certification_certificate"),
        seal("certification_certificatedocument"),
        seal("certification_certificatestep"),
        seal("certification_permanenceproof"),
    ]
