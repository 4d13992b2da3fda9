"""A machine with a network, a file system, a name and processes of its own, made of the kernel's namespaces."""

import re
import subprocess
import sys
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from bench.rehearsing.places import NAMES

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
NETWORK, BRIDGE = "10.77.0", "scrutineer0"
ADDRESSES: Final = {name: f"{NETWORK}.{number}" for number, name in enumerate(NAMES, 10)}
SECRETS: Final = {"OWNER_PASSWORD": "a1" * 12, "APPLICATION_PASSWORD": "b2" * 12, "BROKER_PASSWORD": "c3" * 12}
SURROUNDINGS: Final = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}


class Refused(Exception):
    """A command on a machine ended otherwise than it should."""


def _load_rehearsal_of_one() -> ModuleType:
    loader = SourceFileLoader("rehearse", str(ROOT / "deploy" / "rehearse"))
    module = ModuleType(loader.name)
    module.__file__ = loader.path
    loader.exec_module(module)
    return module


ONE: Final = _load_rehearsal_of_one()
"""The rehearsal of one machine, whose terminal is used here too."""


def commands(heading: str) -> list[str]:
    """What the page says under a heading, a command each."""
    under = re.search(rf"^###+ {re.escape(heading)}\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    found = re.findall(r"^```(?:ba)?sh\n(.*?)^```$", under[1] if under else "", re.DOTALL | re.MULTILINE)
    if not found:
        raise Refused(f"The page has no commands under {heading!r}.")
    return [line for block in found for line in block.splitlines() if line.strip()]


def with_secrets(words: str) -> str:
    for name, value in SECRETS.items():
        words = words.replace(name, value)
    return words


def run(*command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(each) for each in command], check=True, text=True, capture_output=True, **options)


def tell(who: str, what: str, line: str) -> None:
    sys.stdout.write(f"=== {who:8} {what:6} {line}\n")
    sys.stdout.flush()


def in_terminal(who: str, command: list[str], line: str) -> None:
    code = ONE.run(command, line)
    tell(who, "FAILED" if code else "ok", line)
    if code:
        raise Refused(f"{who}: exit code {code}: {line}")


@dataclass
class Machine:
    """Held open by one process that sleeps: when that ends, everything on the machine does."""

    name: str
    root: Path
    holder: int
    there: Collection[str]
    """Commands that were run once, on the Debian below it."""
    ran: int = 0

    @property
    def address(self) -> str:
        return ADDRESSES[self.name]

    def command(self, words: str) -> list[str]:
        inside = ["nsenter", "--target", str(self.holder), "--mount", "--uts", "--net", "--pid"]
        return [*inside, "chroot", str(self.root), "/bin/bash", "-euo", "pipefail", "-c", f"cd /root; {words}"]

    def ask(self, words: str, said: str = "", allowed: tuple[int, ...] = (0,)) -> str:
        """What a command prints."""
        done = subprocess.run(self.command(words), input=said, text=True, capture_output=True, env=SURROUNDINGS)
        if done.returncode not in allowed:
            raise Refused(f"{self.name}: {words}\n{done.stdout}{done.stderr}")
        return done.stdout

    def follow(self, heading: str) -> None:
        """Everything that the page says under a heading, but for what is there already."""
        for line in commands(heading):
            if line not in self.there:
                in_terminal(self.name, self.command(with_secrets(line)), line)
                self.ran += 1

    def mount_again(self, shared: Path) -> None:
        """The shared folder, as an entry of fstab would."""
        inside = ("nsenter", "--target", str(self.holder), "--mount")
        run(*inside, "mount", "--bind", shared, self.root / "var" / "lib" / "scrutineer")

    def set_link(self, state: str) -> None:
        """Nobody reaches it, and it reaches nobody; or again."""
        run("ip", "link", "set", f"scr-{self.name}", state)
        tell(self.name, "link", state)


def switch_on(
    name: str, folder: Path, debian: Path, shared: Path | None, there: Collection[str], stack: ExitStack
) -> Machine:
    """A layer of its own over the one Debian; the shared folder bound where the page has it mounted."""
    for part in ("upper", "work", "root"):
        (folder / name / part).mkdir(parents=True)
    upper, work, root = (folder / name / part for part in ("upper", "work", "root"))
    files = root / "var" / "lib" / "scrutineer"
    script = f"""
        hostname {name}
        mount -t overlay overlay -o lowerdir={debian},upperdir={upper},workdir={work} {root}
        mount -t proc proc {root}/proc
        mount --rbind /dev {root}/dev
        {f"mkdir -p {files}; mount --bind {shared} {files}" if shared else ""}
        ip link set lo up
        echo up
        exec sleep infinity
    """
    apart = ["unshare", "--mount", "--uts", "--net", "--pid", "--fork", "--kill-child", "sh", "-ec", script]
    held = subprocess.Popen(apart, stdout=subprocess.PIPE, text=True)
    stack.callback(held.wait)
    stack.callback(held.kill)
    if held.stdout is None or held.stdout.readline() != "up\n":
        raise Refused(f"{name} could not be switched on.")
    holder = int(Path(f"/proc/{held.pid}/task/{held.pid}/children").read_text().split()[0])
    run("ip", "link", "add", f"scr-{name}", "type", "veth", "peer", "name", "eth0", "netns", str(holder))
    run("ip", "link", "set", f"scr-{name}", "master", BRIDGE, "up")
    inside = ("nsenter", "--target", str(holder), "--net", "ip")
    run(*inside, "address", "add", f"{ADDRESSES[name]}/24", "dev", "eth0")
    run(*inside, "link", "set", "eth0", "up")
    return Machine(name, root, holder, there)
