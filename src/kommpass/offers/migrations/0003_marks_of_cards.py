"""When each card of the index was written: what somebody made of the offer then holds while the mark stands."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0002_sealed"),
    ]

    operations = [
        migrations.AddField(
            model_name="indexcard",
            name="mark",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
