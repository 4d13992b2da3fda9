"""
One browser for all tests here; each has the real application on a port of its own, and signs in by the form.

Starting and setting up cost more than looking at a page, so a test looks at many of them, each as a subtest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, ConsoleMessage, Page, StorageState, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.scene import Scene, set_scene
from tests.people import PASSWORD

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}


@dataclass(frozen=True, slots=True)
class Site:
    """The running site and what is on it."""

    url: str
    scene: Scene

    def address(self, path: str) -> str:
        return f"{self.url}{path.format(scene=self.scene)}"


@pytest.fixture
def site(live_server: LiveServer, settings: LazySettings, tmp_path: Path) -> Site:
    settings.PAPERS_DIR = tmp_path
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    return Site(live_server.url, set_scene())


@pytest.fixture(scope="package")
def browser(chromium: Path) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, in which Django would not let a test touch its models.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # Without a sandbox, which Chromium refuses to root: in a container the tests may be root.
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def session(site: Site, browser: Browser) -> StorageState:
    """What the browser remembers of the clerk, who sees every contract, once signed in."""
    return signed_in(browser, site, "clerk@example.org")


@pytest.fixture
def page(browser: Browser, session: StorageState) -> Iterator[Page]:
    with browser.new_context(storage_state=session, viewport=WIDE) as context:
        yield context.new_page()


def signed_in(browser: Browser, site: Site, email: str) -> StorageState:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.address("/accounts/login/"))
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        return context.storage_state()


def complaints_of(page: Page) -> list[str]:
    """A list that fills with what the browser complains of: errors, and all that the content policy refuses."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # The console repeats the status of a page that is meant to answer 400, 403 or 404.
        if message.type in ("error", "warning") and "the server responded with a status of 4" not in message.text:
            heard.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda request: heard.append(f"{request.url}: {request.failure}"))
    return heard
