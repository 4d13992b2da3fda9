from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The transformation portfolio: projects, updates, milestones, key projects."""

    name = "projects"
    verbose_name = "Projects"
