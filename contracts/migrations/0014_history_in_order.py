"""
History in the order in which the audit reads it, however many lines an import has dated alike.

Built without holding up who writes meanwhile, on PostgreSQL.
"""

from django.db import migrations, models

from contracts.indexes import AddIndexWithoutLocking
from contracts.together import Together


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("contracts", "0013_accesses_are_final")]

    operations = [
        Together(
            [
                AddIndexWithoutLocking(
                    "historicalassignment",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_assignment"),
                ),
                AddIndexWithoutLocking(
                    "historicalclosedday", models.Index(fields=["-history_date", "-history_id"], name="hist_closedday")
                ),
                AddIndexWithoutLocking(
                    "historicalcontract", models.Index(fields=["-history_date", "-history_id"], name="hist_contract")
                ),
                AddIndexWithoutLocking(
                    "historicalperson", models.Index(fields=["-history_date", "-history_id"], name="hist_person")
                ),
                AddIndexWithoutLocking(
                    "historicalquestion", models.Index(fields=["-history_date", "-history_id"], name="hist_question")
                ),
                AddIndexWithoutLocking(
                    "historicalservicearea",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_servicearea"),
                ),
                AddIndexWithoutLocking(
                    "historicalmutedkind", models.Index(fields=["-history_date", "-history_id"], name="hist_mutedkind")
                ),
            ]
        ),
    ]
