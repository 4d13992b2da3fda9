"""
History in the order in which the audit reads it, however many lines an import has dated alike.

Built without holding up who writes meanwhile, on PostgreSQL.
"""

from django.db import migrations, models

from contracts.indexes import AddIndexWithoutLocking
from contracts.together import Together


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("projects", "0011_where_changes_came_from")]

    operations = [
        Together(
            [
                AddIndexWithoutLocking(
                    "historicaldependency",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_dependency"),
                ),
                AddIndexWithoutLocking(
                    "historicalfunding", models.Index(fields=["-history_date", "-history_id"], name="hist_funding")
                ),
                AddIndexWithoutLocking(
                    "historicalkeyentry", models.Index(fields=["-history_date", "-history_id"], name="hist_keyentry")
                ),
                AddIndexWithoutLocking(
                    "historicalkeyexit", models.Index(fields=["-history_date", "-history_id"], name="hist_keyexit")
                ),
                AddIndexWithoutLocking(
                    "historicalkeylist", models.Index(fields=["-history_date", "-history_id"], name="hist_keylist")
                ),
                AddIndexWithoutLocking(
                    "historicalmilestone", models.Index(fields=["-history_date", "-history_id"], name="hist_milestone")
                ),
                AddIndexWithoutLocking(
                    "historicalmilestoneforecast",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_milestoneforecast"),
                ),
                AddIndexWithoutLocking(
                    "historicalnearmiss", models.Index(fields=["-history_date", "-history_id"], name="hist_nearmiss")
                ),
                AddIndexWithoutLocking(
                    "historicalnomination",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_nomination"),
                ),
                AddIndexWithoutLocking(
                    "historicalproject", models.Index(fields=["-history_date", "-history_id"], name="hist_project")
                ),
                AddIndexWithoutLocking(
                    "historicalrebaseline",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_rebaseline"),
                ),
                AddIndexWithoutLocking(
                    "historicalscrutinychair",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_scrutinychair"),
                ),
                AddIndexWithoutLocking(
                    "historicalupdate", models.Index(fields=["-history_date", "-history_id"], name="hist_update")
                ),
            ]
        ),
    ]
