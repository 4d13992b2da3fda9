from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0008_paper_messages"),
        ("reports", "0016_publishable_months_withdrawn"),
    ]

    operations = [
        migrations.AddField(
            model_name="board",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="historicalboard",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(("clear_days__gte", 1), ("clear_days__lte", 20)),
                name="board_clear_days_are_1_to_20",
                violation_error_message="Between 1 and 20 clear days lie before a meeting.",
            ),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("draft_days__gte", models.F("sign_off_days")), ("sign_off_days__gte", models.F("with_clerk_days"))
                ),
                name="board_drafts_before_it_signs_off",
                violation_error_message="The draft comes first, then sign-off, then the clerk: more days before.",
            ),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(("addendum_cut_off_days__lte", 20), ("draft_days__lte", 60)),
                name="board_offsets_are_not_far_off",
                violation_error_message="At most 60 working days before publication, at most 20 before the meeting.",
            ),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("background_years__gte", 1),
                    ("background_years__lte", 100),
                    ("paper_years__gte", 1),
                    ("paper_years__lte", 100),
                ),
                name="board_keeps_papers_1_to_100_years",
                violation_error_message="Papers are kept between 1 and 100 years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("moved_from__isnull", True),
                    models.Q(("moved_from", models.F("meeting_on")), _negated=True),
                    _connector="OR",
                ),
                name="meeting_moved_from_another_day",
                violation_error_message="A meeting is moved from one day to another.",
            ),
        ),
    ]
