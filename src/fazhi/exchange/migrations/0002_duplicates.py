"""Which matters were registered twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Duplicate",
            fields=[
                ("matter", models.UUIDField(primary_key=True, serialize=False)),
                ("first", models.UUIDField(db_index=True)),
            ],
            options={
                "db_table": "exchange_duplicate",
            },
        ),
    ]
