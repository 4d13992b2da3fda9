"""
A mail server on the loopback address that counts what it has accepted, and that can be slow, unwilling or rude.

What it accepted was delivered once, whatever the sender came to know of it: it is the judge of "once".
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from enum import StrEnum
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Lock, Thread
from typing import ClassVar

from config.processes.ports import LOOPBACK, free_port

END_OF_DATA = b"."


class Mood(StrEnum):
    WILLING = "willing"
    SLOW = "slow"
    """Answers the end of each e-mail only after a while."""
    BUSY = "busy"
    """Refuses each e-mail for now."""
    REFUSING = "refusing"
    """Refuses each recipient for good."""
    DROPPING_BEFORE = "dropping before"
    """Ends the connection at the end of an e-mail without having accepted it."""
    DROPPING_AFTER = "dropping after"
    """Accepts an e-mail and ends the connection without saying so."""


@dataclass
class MailServer:
    """Its mood and what it has accepted, by Message-ID."""

    port: int = field(default_factory=free_port)
    mood: Mood = Mood.WILLING
    slow_for: float = 5.0
    accepted: Counter[str] = field(default_factory=Counter)
    came: int = 0
    """How many e-mails were handed to it, accepted or not."""
    lock: Lock = field(default_factory=Lock)
    ended: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        return f"smtp://{LOOPBACK}:{self.port}"

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Outside of this context nobody answers at its port."""
        self.ended.clear()
        handler = type("Bound", (_Conversation,), {"server_of": self})
        with _Server((LOOPBACK, self.port), handler) as server:
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            try:
                yield
            finally:
                self.ended.set()
                server.shutdown()
                thread.join()

    def accept(self, content: bytes) -> None:
        name = str(message_from_bytes(content)["Message-ID"]).strip()
        with self.lock:
            self.accepted[name] += 1


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


class _Conversation(StreamRequestHandler):
    """As much of SMTP as a sender needs who trusts the machine it is on."""

    server_of: ClassVar[MailServer]

    def handle(self) -> None:
        try:
            self._say("220 ready")
            while line := self.rfile.readline():
                if not self._answer(line.strip().upper()):
                    return
        except OSError:  # the sender was killed: what it had not ended was never said
            return

    def _answer(self, line: bytes) -> bool:
        if line.startswith((b"EHLO", b"HELO")):
            self._say("250 at your service")
        elif line.startswith(b"RCPT") and self.server_of.mood == Mood.REFUSING:
            self._say("550 no such person")
        elif line == b"DATA":
            self._say("354 go on")
            return self._receive()
        elif line == b"QUIT":
            self._say("221 bye")
            return False
        else:
            self._say("250 so be it")
        return True

    def _receive(self) -> bool:
        """Whether the conversation goes on behind the e-mail."""
        lines = []
        while (line := self.rfile.readline()).rstrip(b"\r\n") != END_OF_DATA:
            if not line:
                return False
            lines.append(line)
        server = self.server_of
        server.came += 1
        mood = server.mood
        if mood == Mood.DROPPING_BEFORE:
            return False
        if mood == Mood.BUSY:
            self._say("451 try again later")
            return True
        server.accept(b"".join(lines))
        if mood == Mood.DROPPING_AFTER:
            return False
        if mood == Mood.SLOW:
            server.ended.wait(server.slow_for)
        self._say("250 accepted")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
