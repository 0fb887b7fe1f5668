"""The tables of bodies, papers and decisions; decisions are sealed."""

import django.db.models.deletion
from django.db import migrations, models

import kommpass.municipalities.scope
from kommpass.municipalities.sealing import seal


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audits", "0001_initial"),
        ("municipalities", "0001_initial"),
        ("people", "0002_cache_table"),
    ]

    operations = [
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="Name")),
                ("short", models.CharField(blank=True, max_length=20, verbose_name="Kurzzeichen")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "Rat, Kreistag oder Stadtverordnetenversammlung"),
                            ("committee", "Ausschuss"),
                            ("mayor", "Verwaltungsspitze"),
                            ("steering_group", "Steuerungsgruppe"),
                            ("project_group", "Projektgruppe"),
                            ("alliance", "Bündnis für Familie"),
                            ("round_table", "Runder Tisch"),
                            ("other", "Weiteres Gremium"),
                        ],
                        default="committee",
                        max_length=20,
                        verbose_name="Art",
                    ),
                ),
                ("authoritative", models.BooleanField(default=False, verbose_name="Entscheidet abschließend")),
                ("members_count", models.PositiveSmallIntegerField(default=0, verbose_name="Zahl der Mitglieder")),
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
            ],
            options={
                "verbose_name": "Gremium",
                "verbose_name_plural": "Gremien",
                "ordering": ["-authoritative", "name"],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "manner",
                    models.CharField(
                        blank=True,
                        choices=[("unanimous", "einstimmig"), ("majority", "mehrheitlich")],
                        max_length=10,
                        verbose_name="Abstimmung",
                    ),
                ),
                ("votes_yes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Ja")),
                ("votes_no", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Nein")),
                ("votes_abstain", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Enthaltungen")),
                ("conditions", models.JSONField(blank=True, default=list, verbose_name="Bedingungen")),
                ("position", models.PositiveSmallIntegerField(verbose_name="Reihenfolge")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("hearing", "Anhörung"),
                            ("preliminary", "Vorberatung"),
                            ("recommendation", "Empfehlung"),
                            ("decision", "Entscheidung"),
                            ("take_note", "Kenntnisnahme"),
                        ],
                        max_length=15,
                        verbose_name="Zuständigkeit",
                    ),
                ),
                ("meeting_on", models.DateField(blank=True, null=True, verbose_name="Tag der Sitzung")),
                ("agenda_item", models.CharField(blank=True, max_length=20, verbose_name="Tagesordnungspunkt")),
                ("public", models.BooleanField(default=True, verbose_name="Öffentliche Sitzung")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "geplant"),
                            ("on_agenda", "auf der Tagesordnung"),
                            ("recommended", "empfohlen"),
                            ("recommended_with_changes", "mit Änderungen empfohlen"),
                            ("rejected", "abgelehnt"),
                            ("deferred", "vertagt"),
                            ("referred", "verwiesen"),
                            ("noted", "zur Kenntnis genommen"),
                            ("decided", "beschlossen"),
                            ("stopped", "gestoppt"),
                        ],
                        default="planned",
                        max_length=25,
                        verbose_name="Stand",
                    ),
                ),
                ("result_text", models.TextField(blank=True, verbose_name="Aus der Niederschrift")),
                ("changes_text", models.TextField(blank=True, verbose_name="Änderungen")),
                ("recorded_at", models.DateTimeField(blank=True, null=True, verbose_name="eingetragen")),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="bodies.body",
                        verbose_name="Gremium",
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
                "verbose_name": "Station der Beratungsfolge",
                "verbose_name_plural": "Beratungsfolge",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "Beteiligte Dienststelle",
                "verbose_name_plural": "Beteiligte Dienststellen",
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="Tag der Sitzung")),
                ("place", models.CharField(blank=True, max_length=150, verbose_name="Ort")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="Hinweis")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="bodies.body",
                        verbose_name="Gremium",
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
                "verbose_name": "Sitzung",
                "verbose_name_plural": "Sitzungen",
                "ordering": ["held_on", "body__name"],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="Vorlagennummer")),
                ("title", models.CharField(max_length=250, verbose_name="Betreff")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("participation", "Teilnahme am Audit"),
                            ("agreement", "Zielvereinbarung"),
                            ("amendment", "Änderung der Zielvereinbarung"),
                            ("report", "Bericht"),
                            ("continuation", "Fortsetzung des Audits"),
                            ("other", "Sonstiges"),
                        ],
                        default="other",
                        max_length=15,
                        verbose_name="Gegenstand",
                    ),
                ),
                ("public", models.BooleanField(default=True, verbose_name="Öffentliche Vorlage")),
                ("proposed_resolution", models.TextField(blank=True, verbose_name="Beschlussvorschlag")),
                ("facts_text", models.TextField(blank=True, verbose_name="Sachverhalt")),
                ("financial", models.TextField(blank=True, verbose_name="Finanzielle Auswirkungen")),
                ("attachments", models.TextField(blank=True, verbose_name="Anlagen")),
                (
                    "subject_version",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="Fassung der Zielvereinbarung"),
                ),
                ("created_at", models.DateTimeField(verbose_name="angelegt")),
                ("created_by", models.CharField(max_length=200, verbose_name="angelegt von")),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "contributing",
                    models.ManyToManyField(
                        blank=True,
                        related_name="papers_shared",
                        through="bodies.Contribution",
                        to="people.organisation",
                        verbose_name="Beteiligte Dienststellen",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers_led",
                        to="people.organisation",
                        verbose_name="Federführung",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="audits.procedure"
                    ),
                ),
            ],
            options={
                "verbose_name": "Vorlage",
                "verbose_name_plural": "Vorlagen",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "manner",
                    models.CharField(
                        blank=True,
                        choices=[("unanimous", "einstimmig"), ("majority", "mehrheitlich")],
                        max_length=10,
                        verbose_name="Abstimmung",
                    ),
                ),
                ("votes_yes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Ja")),
                ("votes_no", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Nein")),
                ("votes_abstain", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Enthaltungen")),
                ("conditions", models.JSONField(blank=True, default=list, verbose_name="Bedingungen")),
                ("decided_on", models.DateField(verbose_name="Beschlossen am")),
                ("reference", models.CharField(max_length=60, verbose_name="Vorlagennummer")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("adopted", "beschlossen"),
                            ("adopted_with_changes", "mit Änderungen beschlossen"),
                            ("rejected", "abgelehnt"),
                            ("noted", "zur Kenntnis genommen"),
                        ],
                        max_length=20,
                        verbose_name="Ergebnis",
                    ),
                ),
                ("wording", models.TextField(blank=True, verbose_name="Wortlaut des Beschlusses")),
                (
                    "subject_version",
                    models.PositiveBigIntegerField(null=True, verbose_name="Fassung der Zielvereinbarung"),
                ),
                ("skipped_reason", models.TextField(blank=True, verbose_name="Warum Stationen offen blieben")),
                ("correction_reason", models.TextField(blank=True, verbose_name="Grund der Berichtigung")),
                ("registered_at", models.DateTimeField(verbose_name="eingetragen")),
                ("registered_by", models.CharField(max_length=200, verbose_name="eingetragen von")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="bodies.body",
                        verbose_name="Gremium",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="bodies.consultation"
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="bodies.decision",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="audits.procedure"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="bodies.paper"
                    ),
                ),
            ],
            options={
                "verbose_name": "Beschluss",
                "verbose_name_plural": "Beschlüsse",
                "ordering": ["-decided_on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="contribution",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="contributions", to="bodies.paper"
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="consultations", to="bodies.paper"
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.UniqueConstraint(fields=("municipality", "name"), name="one_body_per_name"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("municipality", "body", "held_on"), name="one_meeting_per_day"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("municipality", "reference"),
                name="one_paper_per_reference",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True), name="decision_names_its_paper"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects", None)), fields=("consultation",), name="one_decision_per_station"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("corrects",), name="a_decision_is_corrected_once"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects", None), models.Q(("correction_reason", ""), _negated=True), _connector="OR"
                ),
                name="a_correction_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(fields=("paper", "organisation"), name="a_department_contributes_once"),
        ),
        seal("bodies_decision"),
    ]
