"""The second step of a log-in, and log-ins elsewhere."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="second_factor",
                        serialize=False,
                        to="people.account",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("last_step", models.BigIntegerField(default=0)),
                (
                    "spare_marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=72), default=list, size=None
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
            options={"db_table": "people_second_factor"},
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("issuer", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=255)),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identities", to="people.account"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once")]},
        ),
    ]
