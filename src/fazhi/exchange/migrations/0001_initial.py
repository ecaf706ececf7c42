"""Links, files, rows, statements and comparisons."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("partner", models.CharField(max_length=40)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=80)),
                ("theirs", models.PositiveIntegerField()),
                ("ours", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "db_table": "exchange_comparison",
            },
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=14)),
                ("matter", models.UUIDField(null=True)),
                ("column", models.CharField(blank=True, default="", max_length=80)),
                ("theirs", models.CharField(blank=True, default="", max_length=200)),
                ("ours", models.CharField(blank=True, default="", max_length=200)),
                (
                    "comparison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="exchange.comparison",
                    ),
                ),
            ],
            options={
                "db_table": "exchange_difference",
            },
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("partner", models.CharField(max_length=40)),
                ("way", models.CharField(max_length=3)),
                ("day", models.DateField()),
                ("serial", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=80)),
                ("stored", models.UUIDField(null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("done", models.BooleanField(default=False)),
                ("position", models.BigIntegerField(default=0)),
                ("answer", models.JSONField(null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "exchange_file",
                "indexes": [models.Index(fields=["partner", "way", "-day", "-serial"], name="exchange_file_lately")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("way__in", ["in", "out"])), name="exchange_file_way"),
                    models.UniqueConstraint(
                        fields=("partner", "way", "day", "serial", "digest"), name="exchange_file_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("way", "out")), fields=("partner", "serial"), name="exchange_file_running"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("partner", models.CharField(max_length=40)),
                ("unit", models.UUIDField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
            ],
            options={
                "db_table": "exchange_link",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("partner",), name="exchange_link_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("matter", models.UUIDField()),
                ("system", models.CharField(max_length=80)),
                ("number", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "exchange_number",
                "indexes": [models.Index(fields=["system", "number"], name="exchange_number_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "system", "number"), name="exchange_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("how", models.CharField(max_length=12)),
                ("reason", models.CharField(max_length=400)),
                ("matter", models.UUIDField(null=True)),
                ("account", models.UUIDField(null=True)),
                ("post", models.UUIDField(null=True)),
                ("unit", models.UUIDField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "difference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="exchange.difference",
                    ),
                ),
            ],
            options={
                "db_table": "exchange_settlement",
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("partner", models.CharField(max_length=40)),
                ("number", models.CharField(max_length=200)),
                ("fact", models.CharField(max_length=240)),
                ("matter", models.UUIDField()),
                ("seq", models.PositiveIntegerField()),
                ("mark", models.CharField(max_length=72)),
                ("person", models.CharField(blank=True, default="", max_length=72)),
                ("day", models.DateField()),
                ("serial", models.PositiveIntegerField()),
                ("row", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "exchange_statement",
                "indexes": [models.Index(fields=["matter"], name="exchange_statement_matter")],
                "constraints": [
                    models.UniqueConstraint(fields=("partner", "number", "fact"), name="exchange_statement_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Row",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("row", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=200)),
                ("state", models.CharField(max_length=10)),
                ("matter", models.UUIDField(null=True)),
                ("column", models.CharField(blank=True, default="", max_length=80)),
                ("reason", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="exchange.file"
                    ),
                ),
            ],
            options={
                "db_table": "exchange_row",
                "indexes": [
                    models.Index(fields=["matter"], name="exchange_row_matter"),
                    models.Index(condition=models.Q(("state", "waiting")), fields=["file"], name="exchange_row_waits"),
                ],
                "constraints": [models.UniqueConstraint(fields=("file", "row"), name="exchange_row_once")],
            },
        ),
    ]
