"""
History in the order in which the audit reads it, however many lines an import has dated alike.

Built without holding up who writes meanwhile, on PostgreSQL.
"""

from django.db import migrations, models

from contracts.indexes import AddIndexWithoutLocking
from contracts.together import Together


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("kpis", "0009_what_is_typed_keeps_history")]

    operations = [
        Together(
            [
                AddIndexWithoutLocking(
                    "historicaldispute", models.Index(fields=["-history_date", "-history_id"], name="hist_dispute")
                ),
                AddIndexWithoutLocking(
                    "historicalevidence", models.Index(fields=["-history_date", "-history_id"], name="hist_evidence")
                ),
                AddIndexWithoutLocking(
                    "historicalkpi", models.Index(fields=["-history_date", "-history_id"], name="hist_kpi")
                ),
                AddIndexWithoutLocking(
                    "historicallevel", models.Index(fields=["-history_date", "-history_id"], name="hist_level")
                ),
                AddIndexWithoutLocking(
                    "historicalrebase", models.Index(fields=["-history_date", "-history_id"], name="hist_rebase")
                ),
                AddIndexWithoutLocking(
                    "historicalrelief", models.Index(fields=["-history_date", "-history_id"], name="hist_relief")
                ),
                AddIndexWithoutLocking(
                    "historicalresult", models.Index(fields=["-history_date", "-history_id"], name="hist_result")
                ),
                AddIndexWithoutLocking(
                    "historicalreturn", models.Index(fields=["-history_date", "-history_id"], name="hist_return")
                ),
                AddIndexWithoutLocking(
                    "historicalentry", models.Index(fields=["-history_date", "-history_id"], name="hist_entry")
                ),
                AddIndexWithoutLocking(
                    "historicalwarninganswer",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_warninganswer"),
                ),
            ]
        ),
    ]
