"""The indexes of runs that are live hold all that the desk asks of them, so that no row is read to be counted."""

from django.db import migrations, models

_ASKED = ("clock", "thread", "run", "start", "ended_on", "late_after", "watch", "provisional")


class Migration(migrations.Migration):
    dependencies = [("worklist", "0003_approve")]

    operations = [
        migrations.RemoveIndex(model_name="run", name="worklist_unit"),
        migrations.RemoveIndex(model_name="run", name="worklist_lane"),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(
                fields=["unit", "kind", "secrecy", "lane", "by_day", "matter"],
                include=_ASKED,
                condition=models.Q(("live", True)),
                name="worklist_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(
                fields=["lane", "by_day", "matter"],
                include=("unit", "kind", "secrecy", *_ASKED),
                condition=models.Q(("live", True)),
                name="worklist_lane",
            ),
        ),
    ]
