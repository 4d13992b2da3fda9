"""The groups that carry the roles, so that an administrator finds them to choose from."""

from django.db import migrations

ROLES = (
    "Officer",
    "Contract manager",
    "Clerk",
    "Board member",
    "Project manager",
    "Supplier",
    "Administrator",
)


def make_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    for name in ROLES:
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_tables"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
