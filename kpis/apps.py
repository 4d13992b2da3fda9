from django.apps import AppConfig


class KpisConfig(AppConfig):
    """KPIs, levels, monthly returns and results, mitigation relief."""

    name = "kpis"
    verbose_name = "KPIs"
