"""What held of an offer, and that somebody confirmed it, stays; a later word is another row."""

from django.db import migrations

from kommpass.municipalities.sealing import seal


class Migration(migrations.Migration):
    dependencies = [("offers", "0001_initial")]

    operations = [seal("offers_revision"), seal("offers_confirmation")]
