#!/usr/bin/env python3
"""The only entry point: `python3 manage.py demo`, `python3 manage.py test` and every other command."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    if os.name != "posix":
        sys.exit("Scrutineer runs on Linux and macOS; on Windows, use its Linux subsystem.")
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python would be given
        found = "{}.{}".format(*sys.version_info[:2])
        sys.exit(f"Scrutineer needs Python 3.11 or newer; this is Python {found}. Try: python3.11 manage.py")

    from config import bootstrap

    bootstrap.enter(ROOT, sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
