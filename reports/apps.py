from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Boards, meetings and the papers that Celery writes for them."""

    name = "reports"
    verbose_name = "Reports"
