"""Figures counted for a report to come."""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("report", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Count",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("outline", models.TextField()),
                ("unit", models.UUIDField()),
                ("cutoff", models.DateField()),
                ("units", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("position", models.BigIntegerField()),
                ("amounts", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "report_count",
                "constraints": [models.UniqueConstraint(fields=("outline", "unit", "cutoff"), name="report_one_count")],
            },
        ),
    ]
