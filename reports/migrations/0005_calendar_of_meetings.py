from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0008_paper_messages"),
        ("reports", "0004_portfolio_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="board",
            name="author",
            field=models.CharField(blank=True, max_length=200, verbose_name="author of its papers, by job title"),
        ),
        migrations.AddField(
            model_name="board",
            name="background_years",
            field=models.PositiveSmallIntegerField(default=4, verbose_name="background papers are kept, in years"),
        ),
        migrations.AddField(
            model_name="board",
            name="paper_years",
            field=models.PositiveSmallIntegerField(default=6, verbose_name="papers are kept, in years"),
        ),
        migrations.AddField(
            model_name="board",
            name="recommendation",
            field=models.TextField(default="That the report be noted.", verbose_name="recommendation of its papers"),
        ),
        migrations.AddField(
            model_name="historicalboard",
            name="author",
            field=models.CharField(blank=True, max_length=200, verbose_name="author of its papers, by job title"),
        ),
        migrations.AddField(
            model_name="historicalboard",
            name="background_years",
            field=models.PositiveSmallIntegerField(default=4, verbose_name="background papers are kept, in years"),
        ),
        migrations.AddField(
            model_name="historicalboard",
            name="paper_years",
            field=models.PositiveSmallIntegerField(default=6, verbose_name="papers are kept, in years"),
        ),
        migrations.AddField(
            model_name="historicalboard",
            name="recommendation",
            field=models.TextField(default="That the report be noted.", verbose_name="recommendation of its papers"),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="moved_from",
            field=models.DateField(blank=True, null=True, verbose_name="moved from"),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="place",
            field=models.CharField(blank=True, max_length=200, verbose_name="place"),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="reason",
            field=models.TextField(blank=True, verbose_name="why it was moved or cancelled"),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="starts_at",
            field=models.TimeField(blank=True, null=True, verbose_name="starts at"),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="meeting",
            name="moved_from",
            field=models.DateField(blank=True, null=True, verbose_name="moved from"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="place",
            field=models.CharField(blank=True, max_length=200, verbose_name="place"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="reason",
            field=models.TextField(blank=True, verbose_name="why it was moved or cancelled"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="starts_at",
            field=models.TimeField(blank=True, null=True, verbose_name="starts at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
