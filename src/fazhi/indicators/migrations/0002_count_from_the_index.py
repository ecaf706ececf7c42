"""Indexes that hold all that most figures ask, so that they are counted without reading the rows."""

from django.db import migrations, models

ASKED = ["unit", "from_position", "to_position", "item", "verdict", "deemed", "again", "days"]


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="counted", name="indicators_by_name"),
        migrations.RemoveIndex(model_name="counted", name="indicators_by_until"),
        migrations.AddIndex(
            model_name="counted",
            index=models.Index(fields=["procedure", "name", "day"], include=ASKED, name="indicators_of_name"),
        ),
        migrations.AddIndex(
            model_name="counted",
            index=models.Index(
                fields=["procedure", "name", "until"],
                include=["day", *ASKED],
                condition=models.Q(("item", "fact"), _negated=True),
                name="indicators_of_until",
            ),
        ),
    ]
