from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Contract, service areas, people and roles, calendar: the kernel every other app stands on."""

    name = "contracts"
    verbose_name = "Contracts"
