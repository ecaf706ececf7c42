"""A look may be at the texts of a matter, not at a party alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_uses"),
    ]

    operations = [
        migrations.AlterField(
            model_name="look",
            name="party",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=models.PROTECT,
                related_name="looks",
                to="people.party",
            ),
        ),
    ]
