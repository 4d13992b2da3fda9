"""
One process of the web server, without a web server: a path a line comes in, what was answered goes out, a line each.

``python -m tests.config.operations.asking`` serves one request after the other in one thread, and so on one connection
to the database, as a thread of gunicorn's does.
"""

import json
import re
import sys
from typing import Any
from wsgiref.util import setup_testing_defaults

HEADING = re.compile(rb"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def main() -> None:
    from config.wsgi import application

    print("up", flush=True)  # noqa: T201
    for line in sys.stdin:
        began: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _: Any = None, began: dict[str, Any] = began) -> Any:
            began.update(status=int(status.split()[0]), headers=dict(headers))

        surroundings: dict[str, Any] = {"PATH_INFO": line.strip(), "HTTP_HOST": "127.0.0.1"}
        setup_testing_defaults(surroundings)
        answer = application(surroundings, start)
        content = b"".join(answer)
        answer.close()
        heading = HEADING.search(content)
        said = {"heading": heading[1].decode().strip() if heading else "", "content": content.decode()}
        print(json.dumps(began | said), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
