"""Entries of the interface that were written already, so that a restart and a new day do not write them again."""

import django.db.models.deletion
from django.db import migrations, models

import kommpass.municipalities.scope


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("municipalities", "0002_district_boundary_district_edition"),
        ("offers", "0004_rules_of_the_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="WrittenEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("full", models.BooleanField()),
                ("mark", models.PositiveBigIntegerField()),
                ("around", models.CharField(max_length=32)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("text", models.TextField()),
                (
                    "municipality",
                    models.ForeignKey(
                        default=kommpass.municipalities.scope.here,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="offers.offer"),
                ),
            ],
            options={
                "verbose_name": "Eintrag der Schnittstelle",
                "verbose_name_plural": "Einträge der Schnittstelle",
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "offer", "full"), name="one_entry_of_each_kind")
                ],
            },
        ),
    ]
