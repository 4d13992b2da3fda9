"""Makes the Celery application known as soon as Django is up, so that every task is sent through it."""

from django.apps import AppConfig


class ScrutineerConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import celery  # noqa: F401
