"""
`manage.py grants scrutineer`: what the application's own role may do in the database, as PostgreSQL wants it said.

It prints the statements; with --apply it executes them. To be run by the owner of the tables, after every migration.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config.grants import RoleUnfit, apply, statements


class Command(BaseCommand):
    help = "Grant the application's role what it needs, and nothing that would change the audit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role that the application connects as; not the one of the migrations")
        parser.add_argument("--apply", action="store_true", help="execute the statements instead of printing them")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL knows roles: set DATABASE_URL to a database of it.")
        if not options["apply"]:
            self.stdout.write("\n".join(f"{statement};" for statement in statements(role)))
            return
        try:
            apply(role)
        except RoleUnfit as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{role} may do what the application needs, and can change nothing that the audit stands on.")
