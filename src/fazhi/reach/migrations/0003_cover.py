"""The lists are walked within their indexes, which hold all that rights and filters ask of a row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reach", "0002_due")]

    operations = [
        migrations.RemoveIndex(model_name="involved", name="reach_day"),
        migrations.RemoveIndex(model_name="involved", name="reach_due"),
        migrations.AddIndex(
            model_name="involved",
            index=models.Index(
                fields=["-day", "-matter"], include=("unit", "kind", "secrecy", "open", "todo"), name="reach_day"
            ),
        ),
        migrations.AddIndex(
            model_name="involved",
            index=models.Index(
                fields=["due", "matter"],
                include=("unit", "kind", "secrecy", "todo", "day"),
                condition=models.Q(("open", True)),
                name="reach_due",
            ),
        ),
    ]
