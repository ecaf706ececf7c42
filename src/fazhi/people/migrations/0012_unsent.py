"""What people have typed into forms and not sent yet."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_sameness"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unsent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("form", models.CharField(max_length=160)),
                ("sealed", models.BinaryField()),
                ("kept", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unsent",
                        to="people.account",
                    ),
                ),
            ],
            options={
                "db_table": "people_unsent",
                "indexes": [models.Index(fields=["kept"], name="unsent_kept")],
                "constraints": [models.UniqueConstraint(fields=("account", "form"), name="unsent_once")],
            },
        ),
    ]
