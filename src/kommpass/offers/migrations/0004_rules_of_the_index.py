"""By which rules of the German search a town's index was written: after an update that changes them it is written anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0003_marks_of_cards"),
    ]

    operations = [
        migrations.AddField(
            model_name="indexstate",
            name="rules",
            field=models.CharField(default="", max_length=40),
        ),
    ]
