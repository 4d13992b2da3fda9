"""
History in the order in which the audit reads it, however many lines an import has dated alike.

Built without holding up who writes meanwhile, on PostgreSQL.
"""

from django.db import migrations, models

from contracts.indexes import AddIndexWithoutLocking
from contracts.together import Together


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reports", "0022_acts_know_where_they_came_from")]

    operations = [
        Together(
            [
                AddIndexWithoutLocking(
                    "historicalboard", models.Index(fields=["-history_date", "-history_id"], name="hist_board")
                ),
                AddIndexWithoutLocking(
                    "historicalboardrequest",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_boardrequest"),
                ),
                AddIndexWithoutLocking(
                    "historicalexemptmark",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_exemptmark"),
                ),
                AddIndexWithoutLocking(
                    "historicalmeeting", models.Index(fields=["-history_date", "-history_id"], name="hist_meeting")
                ),
                AddIndexWithoutLocking(
                    "historicalnarrative", models.Index(fields=["-history_date", "-history_id"], name="hist_narrative")
                ),
                AddIndexWithoutLocking(
                    "historicalremark", models.Index(fields=["-history_date", "-history_id"], name="hist_remark")
                ),
                AddIndexWithoutLocking(
                    "historicalreviewperiod",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_reviewperiod"),
                ),
                AddIndexWithoutLocking(
                    "historicalpapertemplate",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_papertemplate"),
                ),
                AddIndexWithoutLocking(
                    "historicalpublishablemonth",
                    models.Index(fields=["-history_date", "-history_id"], name="hist_publishablemonth"),
                ),
            ]
        ),
    ]
