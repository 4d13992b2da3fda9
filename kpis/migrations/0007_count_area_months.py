"""
Counts the months that were reported before counts were kept.

A new database has nothing to count. It reads no model as it will look one day: the service it calls names every column
it needs, all of which are older than the counts.
"""

from typing import Any

from django.db import migrations


def count(apps: Any, schema_editor: Any) -> None:
    if not apps.get_model("kpis", "Return").objects.exists():
        return
    from contracts.models import Contract
    from kpis.services.summary import recount

    for contract in Contract.objects.only("pk"):
        recount(contract)


class Migration(migrations.Migration):
    dependencies = [("kpis", "0006_area_months")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
