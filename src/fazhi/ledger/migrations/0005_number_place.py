"""Official numbers are found by their place in the series alone, as people say them: 89号."""

from django.db import migrations

FORWARD = "create index ledger_number_seq on ledger_number (seq, year desc)"
BACKWARD = "drop index ledger_number_seq"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_erased")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
