"""
The public HTTP Observatory's table, as far as one answer over HTTPS tells: 100 points, and what each header adds.

After https://github.com/mdn/mdn-http-observatory (src/grader). What depends on lists that others keep (a preloaded
host) or on the server in front (the redirect from HTTP) is left out. A bonus counts from 90 points on, as there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookies import BaseCookie

from django.http import HttpResponseBase

BASELINE = 100
BONUS_FROM = 90
HALF_A_YEAR = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
UNSAFE = {"'unsafe-inline'", "'unsafe-eval'", "data:", "*", "http:", "https:"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the table."""

    test: str
    modifier: int


def score(answer: HttpResponseBase, jar: BaseCookie[str]) -> int:
    """The points of an answer to a browser that holds these cookies."""
    modifiers = [finding.modifier for finding in findings(answer, jar)]
    without_bonus = BASELINE + sum(modifier for modifier in modifiers if modifier < 0)
    bonus = sum(modifier for modifier in modifiers if modifier > 0)
    return max(0, without_bonus + (bonus if without_bonus >= BONUS_FROM else 0))


def findings(answer: HttpResponseBase, jar: BaseCookie[str]) -> Iterator[Finding]:
    """What each test of the table makes of an answer."""
    policy = _policy(answer.headers.get("Content-Security-Policy", ""))
    yield Finding("content-security-policy", _of_policy(policy))
    yield Finding("cookies", _of_cookies(jar))
    shared = answer.headers.get("Access-Control-Allow-Origin")
    yield Finding(
        "cross-origin-resource-sharing", -50 if shared and "Access-Control-Allow-Credentials" in answer else 0
    )
    referrer = {part.strip() for part in answer.headers.get("Referrer-Policy", "").split(",")} - {""}
    yield Finding("referrer-policy", 0 if not referrer else 5 if referrer <= PRIVATE else -5)
    yield Finding("strict-transport-security", _of_hsts(answer.headers.get("Strict-Transport-Security", "")))
    yield Finding("subresource-integrity", _of_scripts(answer))
    yield Finding("x-content-type-options", 0 if answer.headers.get("X-Content-Type-Options") == "nosniff" else -5)
    framed = answer.headers.get("X-Frame-Options")
    yield Finding(
        "x-frame-options", 5 if policy.get("frame-ancestors") else 0 if framed in ("DENY", "SAMEORIGIN") else -20
    )
    taken_in = answer.headers.get("Cross-Origin-Resource-Policy", "cross-origin")
    yield Finding(
        "cross-origin-resource-policy", {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(taken_in, -5)
    )


def _policy(header: str) -> dict[str, set[str]]:
    directives = (part.split() for part in header.split(";") if part.strip())
    return {name.lower(): set(sources) for name, *sources in directives}


def _of_policy(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src"))
    objects = policy.get("object-src", policy.get("default-src"))
    if scripts is None or objects is None or (scripts | objects) & UNSAFE:
        return -20
    if any(sources & UNSAFE for sources in policy.values()):
        return 0
    is_strict = policy.get("default-src") == {"'none'"} and policy.get("form-action") in ({"'none'"}, {"'self'"})
    return 10 if is_strict else 5


def _of_cookies(jar: BaseCookie[str]) -> int:
    cookies = list(jar.values())
    if not cookies:
        return 0
    if not all(cookie["secure"] for cookie in cookies):
        return -40
    if not all(cookie["httponly"] for cookie in cookies if "session" in cookie.key):
        return -30
    if not all(cookie["samesite"] in ("", "Lax", "Strict") for cookie in cookies):
        return -20
    return 5 if all(cookie["samesite"] for cookie in cookies) else 0


def _of_hsts(header: str) -> int:
    age = re.search(r"max-age=(\d+)", header)
    if age is None:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.found.append(dict(attrs))


def scripts(answer: HttpResponseBase) -> list[dict[str, str | None]]:
    """The attributes of each script of a page; none of what is no page."""
    if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    parser = _Scripts()
    parser.feed(answer.content.decode())  # type: ignore[attr-defined]
    return parser.found


def _of_scripts(answer: HttpResponseBase) -> int:
    found = scripts(answer)
    if any((script.get("src") or "").startswith(("http:", "//")) for script in found):
        return -50
    return 5 if found and all(script.get("integrity") for script in found if script.get("src")) else 0
