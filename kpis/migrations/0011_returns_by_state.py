"""
How the returns of many months stand is read from an index alone: pages ask it of ten years, a row of each.

Built without holding up who writes meanwhile, on PostgreSQL.
"""

from django.db import migrations, models

from contracts.indexes import AddIndexWithoutLocking


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("kpis", "0010_history_in_order")]

    operations = [
        AddIndexWithoutLocking(
            "return", models.Index(fields=["service_area", "month", "state"], name="return_by_state")
        ),
    ]
