"""
What the rows of each contract's register have in common, counted: so that its page does not read all of them to say so.

Without a foreign key in the database: when both tables are emptied, what goes last from the one is still counted in
the other.
"""

import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contracts", "0011_account_messages"), ("projects", "0012_history_in_order")]

    operations = [
        migrations.CreateModel(
            name="RegisterCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="counts from")),
                ("green_days", models.PositiveSmallIntegerField(verbose_name="days until which it is green")),
                ("amber_months", models.PositiveSmallIntegerField(verbose_name="months until which it is amber")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("area", "names this scrutiny area"),
                            ("archived", "archived"),
                            ("standing", "stage, declared and computed rating"),
                            ("illustrative", "illustrative"),
                            ("key", "key projects"),
                            ("slipped", "active, and slipped"),
                            ("rebaselined", "active, and re-baselined"),
                            ("due", "active, with its earliest unfinished milestone on this day"),
                            ("updated", "active, with its latest update on this day"),
                        ],
                        max_length=12,
                        verbose_name="what they have in common",
                    ),
                ),
                ("word", models.CharField(blank=True, max_length=120, verbose_name="its word")),
                ("day", models.DateField(default=datetime.date.min, verbose_name="its day")),
                ("number", models.IntegerField(verbose_name="how many come, or go")),
                ("is_gathered", models.BooleanField(db_default=False, default=False, verbose_name="gathered")),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="register_counts",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={"ordering": ["contract", "what", "word", "day", "from_on", "pk"]},
        ),
    ]
