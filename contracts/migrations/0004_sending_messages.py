from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_reminding_before_due")]

    operations = [
        migrations.RemoveConstraint(
            model_name="message",
            name="message_state_is_known",
        ),
        migrations.AddField(
            model_name="message",
            name="claim",
            field=models.CharField(blank=True, max_length=32, verbose_name="who is sending it"),
        ),
        migrations.AddField(
            model_name="message",
            name="claimed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="handed_over_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="from when on it may have gone out"),
        ),
        migrations.AddField(
            model_name="message",
            name="try_after",
            field=models.DateTimeField(blank=True, null=True, verbose_name="not to be tried again before"),
        ),
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("due soon", "a return is due soon"),
                    ("due today", "a return is due today"),
                    ("overdue", "a return is overdue"),
                    ("returned", "a return came back"),
                    ("verified", "a return was verified"),
                    ("reopened", "a month was reopened"),
                    ("relief asked", "relief was asked for"),
                    ("relief decided", "relief was decided"),
                    ("explanation awaited", "an explanation is awaited"),
                    ("corrected", "a verified figure was corrected"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting to be sent"),
                    ("sending", "being sent"),
                    ("sent", "sent"),
                    ("failed", "could not be sent"),
                    ("unsure", "may have been sent"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="mutedkind",
            name="kind",
            field=models.CharField(
                choices=[
                    ("due soon", "a return is due soon"),
                    ("due today", "a return is due today"),
                    ("overdue", "a return is overdue"),
                    ("returned", "a return came back"),
                    ("verified", "a return was verified"),
                    ("reopened", "a month was reopened"),
                    ("relief asked", "relief was asked for"),
                    ("relief decided", "relief was decided"),
                    ("explanation awaited", "an explanation is awaited"),
                    ("corrected", "a verified figure was corrected"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sending", "sent", "failed", "unsure"])),
                name="message_state_is_known",
                violation_error_message="A message is waiting, being sent, sent, failed, or may have been sent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sending"), _negated=True),
                    models.Q(models.Q(("claim", ""), _negated=True), ("claimed_at__isnull", False)),
                    _connector="OR",
                ),
                name="message_is_claimed_while_sending",
                violation_error_message="A message being sent names its sender and since when.",
            ),
        ),
    ]
