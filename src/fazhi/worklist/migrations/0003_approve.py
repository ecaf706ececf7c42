"""Few runs await approval: they are counted without walking all that is to be done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("worklist", "0002_by_day")]

    operations = [
        migrations.AddIndex(
            model_name="run",
            index=models.Index(
                models.F("by_day"),
                models.F("matter"),
                condition=models.Q(("clock", "approve"), ("live", True)),
                name="worklist_approve",
            ),
        ),
    ]
