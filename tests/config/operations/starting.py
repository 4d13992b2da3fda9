"""
A web worker's start and a few pages, without a web server: what was loaded is said as JSON.

``python -m tests.config.operations.starting`` stands on the database that the environment names.
"""

import json
import sys
from typing import Any


def main() -> None:
    from config.wsgi import application

    said: dict[str, Any] = {"served": application is not None, "answers": {}}
    from django.db import connection
    from django.test import Client

    said["is connected"] = connection.connection is not None
    said["loaded"] = sorted(sys.modules)
    from contracts.models import Person

    client = Client(SERVER_NAME="localhost")
    who = Person.objects.first() or Person.objects.create_superuser(
        "administrator@example.org", None, job_title="Administrator"
    )
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    for path in sys.argv[1:]:
        said["answers"][path] = client.get(path).status_code
    said["loaded in the end"] = sorted(sys.modules)
    print(json.dumps(said))  # noqa: T201


if __name__ == "__main__":
    main()
