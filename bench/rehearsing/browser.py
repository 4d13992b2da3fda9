"""A browser behind the load balancer: its cookies, its forms, and the web machine that it is sent to."""

import http.client
import json
import re
import secrets
import ssl
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import urlencode

from bench.rehearsing.machine import ADDRESSES
from bench.rehearsing.site import NAME

SECONDS: Final = 20.0
HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
BOUNDARY: Final = "a-boundary-that-stands-in-no-file"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content: bytes
    location: str

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    @property
    def hidden(self) -> dict[str, str]:
        """What a form of the page would send besides what is typed."""
        return {name: unescape(value) for name, value in HIDDEN.findall(self.text)}


@dataclass
class Browser:
    """Somebody at an address of their own; ``web`` is where the load balancer sends each request."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, web: str, path: str) -> Answer:
        return self._ask(web, "GET", path, b"", {})

    def post(self, web: str, path: str, form: dict[str, str], file: tuple[str, bytes] | None = None) -> Answer:
        """The form as a browser sends it, with the token of the page before it."""
        form = {"csrfmiddlewaretoken": self._token(web), **form}
        if file is None:
            return self._ask(web, "POST", path, urlencode(form).encode(), {"Content-Type": FORM})
        parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in form.items()]
        parts.append(f'name="chosen"; filename="{file[0]}"\r\nContent-Type: text/csv\r\n\r\n'.encode() + file[1])
        body = b"".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode() + each + b"\r\n" for each in parts)
        body += f"--{BOUNDARY}--\r\n".encode()
        return self._ask(web, "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})

    def sign_in(self, web: str, email: str, password: str) -> Answer:
        self.get(web, "/accounts/login/")
        return self.post(web, "/accounts/login/", {"login": email, "password": password})

    def _token(self, web: str) -> str:
        for name, value in self.cookies.items():
            if "csrf" in name:
                return value
        self.cookies["__Host-csrf"] = secrets.token_hex(16)
        return self.cookies["__Host-csrf"]

    def _ask(self, web: str, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        line = http.client.HTTPSConnection(ADDRESSES[web], 443, timeout=SECONDS, context=trusting)
        sent = {"Host": NAME, "Referer": f"https://{NAME}/", "X-Forwarded-For": self.address, **headers}
        sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            line.request(method, path, body or None, sent)
            answer = line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            return Answer(0, b"", "")
        finally:
            line.close()
        for told in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(told).items():
                self.cookies[name] = morsel.value
        return Answer(answer.status, content, answer.headers.get("Location", ""))


FORM: Final = "application/x-www-form-urlencoded"


def ready(web: str) -> dict[str, Any]:
    """What the load balancer is told on port 80; nothing where nobody answers."""
    line = http.client.HTTPConnection(ADDRESSES[web], 80, timeout=6)
    try:
        line.request("GET", "/health/ready", headers={"Host": ADDRESSES[web]})
        return dict(json.loads(line.getresponse().read()))
    except (OSError, ValueError, http.client.HTTPException):
        return {"status": "", "wrong": []}
    finally:
        line.close()
