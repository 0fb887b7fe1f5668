"""The tables of workshops, cards, ideas and the family definition; its wordings are sealed."""

import django.db.models.deletion
from django.db import migrations, models

import kommpass.municipalities.scope
from kommpass.municipalities.sealing import seal


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audits", "0001_initial"),
        ("municipalities", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strength", "Stärke"),
                            ("need", "Bedarf"),
                            ("idea", "Idee"),
                            ("strategic_goal", "Strategisches Ziel"),
                            ("goal", "Ziel"),
                            ("measure", "Maßnahme"),
                            ("family_definition", "Familienbegriff"),
                        ],
                        default="idea",
                        max_length=20,
                        verbose_name="Art der Karte",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="Text")),
                ("votes", models.PositiveIntegerField(default=0, verbose_name="Punkte")),
                ("position", models.PositiveIntegerField(default=0)),
                ("turned_into", models.CharField(blank=True, max_length=20, verbose_name="Daraus wurde")),
                ("turned_into_id", models.PositiveBigIntegerField(blank=True, null=True)),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "field",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="audits.fieldofaction",
                        verbose_name="Handlungsfeld",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "Ergebniskarte",
                "verbose_name_plural": "Ergebniskarten",
                "ordering": [models.OrderBy(models.F("field__number"), nulls_last=True), "-votes", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FamilyDefinition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="Fassung")),
                ("text", models.TextField(verbose_name="Wortlaut")),
                ("reason", models.TextField(blank=True, verbose_name="Begründung")),
                ("proposed_at", models.DateTimeField(verbose_name="vorgeschlagen")),
                ("proposed_by", models.CharField(max_length=200, verbose_name="vorgeschlagen von")),
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
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family_definitions",
                        to="audits.procedure",
                    ),
                ),
            ],
            options={
                "verbose_name": "Familienbegriff",
                "verbose_name_plural": "Familienbegriff",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="DefinitionAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreed_on", models.DateField(verbose_name="Vereinbart am")),
                ("agreed_by", models.CharField(max_length=200, verbose_name="Vereinbart von")),
                ("registered_at", models.DateTimeField(verbose_name="eingetragen")),
                ("registered_by", models.CharField(max_length=200, verbose_name="eingetragen von")),
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
                    "definition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement",
                        to="participation.familydefinition",
                    ),
                ),
            ],
            options={
                "verbose_name": "Vereinbarter Familienbegriff",
                "verbose_name_plural": "Vereinbarte Familienbegriffe",
                "ordering": ["-agreed_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("workshop", "Workshop"),
                            ("survey", "Befragung"),
                            ("voice", "Einzelne Stimme"),
                            ("staff", "Verwaltung"),
                            ("other", "Weitere"),
                        ],
                        max_length=10,
                        verbose_name="Herkunft",
                    ),
                ),
                ("text", models.TextField(verbose_name="Idee")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "neu"),
                            ("considered", "in Prüfung"),
                            ("taken_up", "aufgegriffen"),
                            ("declined", "nicht aufgegriffen"),
                        ],
                        default="new",
                        max_length=12,
                        verbose_name="Stand",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="Antwort")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="beantwortet")),
                ("public", models.BooleanField(default=False, verbose_name="Öffentlich zeigen")),
                ("received_at", models.DateTimeField(verbose_name="eingegangen")),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "card",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="idea",
                        to="participation.card",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ideas",
                        to="municipalities.district",
                        verbose_name="Stadtteil",
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ideas",
                        to="audits.fieldofaction",
                        verbose_name="Handlungsfeld",
                    ),
                ),
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
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to="audits.procedure"
                    ),
                ),
            ],
            options={
                "verbose_name": "Idee",
                "verbose_name_plural": "Ideen",
                "ordering": ["-received_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Workshop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kickoff", "Auftakt"),
                            ("strategy", "Strategieworkshop"),
                            ("target", "Zielvereinbarungsworkshop"),
                            ("forum", "Forum oder Dialog"),
                            ("survey", "Befragung"),
                            ("event", "Veranstaltung"),
                            ("prevention_conference", "Präventionskonferenz"),
                            ("other", "Weiteres Treffen"),
                        ],
                        max_length=25,
                        verbose_name="Art",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("held_on", models.DateField(verbose_name="Tag")),
                ("starts", models.TimeField(blank=True, null=True, verbose_name="Beginn")),
                ("until", models.TimeField(blank=True, null=True, verbose_name="Ende")),
                ("place", models.CharField(blank=True, max_length=150, verbose_name="Ort")),
                ("agenda", models.TextField(blank=True, verbose_name="Ablauf")),
                ("minutes", models.TextField(blank=True, verbose_name="Niederschrift")),
                ("groups", models.JSONField(blank=True, default=list, verbose_name="Eingeladene Gruppen")),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
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
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="workshops", to="audits.procedure"
                    ),
                ),
            ],
            options={
                "verbose_name": "Workshop",
                "verbose_name_plural": "Workshops",
                "ordering": ["held_on", "pk"],
            },
        ),
        migrations.AddField(
            model_name="card",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="participation.workshop"
            ),
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("families", "Familien"),
                            ("youth", "Kinder und junge Menschen"),
                            ("seniors", "Ältere Menschen"),
                            ("politics", "Politik"),
                            ("administration", "Verwaltung"),
                            ("providers", "Freie Träger"),
                            ("companies", "Unternehmen"),
                            ("associations", "Vereine und Verbände"),
                            ("schools", "Schulen und Kitas"),
                            ("others", "Weitere"),
                        ],
                        max_length=15,
                        verbose_name="Gruppe",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="Anzahl")),
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
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="participation.workshop",
                    ),
                ),
            ],
            options={
                "verbose_name": "Teilnahme",
                "verbose_name_plural": "Teilnahme",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="familydefinition",
            constraint=models.UniqueConstraint(fields=("procedure", "number"), name="one_definition_per_number"),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_declined_idea_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="workshop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts", None), ("until", None), ("until__gt", models.F("starts")), _connector="OR"
                ),
                name="workshop_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("workshop", "group"), name="one_count_per_group"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="attendance_counts_somebody"),
        ),
        seal("participation_familydefinition"),
        seal("participation_definitionagreement"),
    ]
