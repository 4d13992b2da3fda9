"""
A working copy in miniature, to see how a command comes to run in ``.venv``.

It has the real ``manage.py`` and bootstrap. The packages of its locks are wheels made on the spot, so that pip needs no
index; the one called `django` prints where it runs.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from config import bootstrap
from config.bootstrap import DEMO, DEV, Environment

ROOT = Path(bootstrap.__file__).parent.parent
BASE_PYTHON = Path(sys.base_prefix) / "bin" / "python3"
FILES = (
    "manage.py",
    "config/__init__.py",
    "config/bootstrap.py",
    "config/progress.py",
    "config/processes/__init__.py",
    "config/processes/lifeline.py",
)
TELLS_WHERE_IT_RUNS = """
import os, sys
def execute_from_command_line(argv):
    print(sys.prefix, *argv[1:], os.environ.get("DATABASE_URL", "no database named"), sep="|")
"""


@dataclass(frozen=True)
class Miniature:
    root: Path
    wheels: Path

    @property
    def environment(self) -> Environment:
        return Environment(self.root)

    @property
    def pip_settings(self) -> dict[str, str]:
        """pip sees these wheels and nothing else."""
        return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}

    def pin(self, lock: str, **versions: str) -> None:
        """Write the lock, and make the wheels that it names."""
        lines = [f"{name}=={version} --hash=sha256:{self._wheel(name, version)}" for name, version in versions.items()]
        (self.root / lock).write_text("\n".join(lines) + "\n")

    def installed(self) -> dict[str, str]:
        """The packages of the environment with their versions, pip's own aside."""
        found = self.environment.folder.glob("lib/python*/site-packages/*.dist-info")
        pairs = (folder.name.removesuffix(".dist-info").split("-") for folder in found)
        return {name: version for name, version in pairs if name not in {"pip", "setuptools"}}

    def start(self, *arguments: str, python: Path = BASE_PYTHON, **variables: str) -> subprocess.Popen[str]:
        """A command in a shell of its own, the home of which is empty."""
        home = {"PATH": os.environ["PATH"], "HOME": str(self.root.parent)}
        return subprocess.Popen(
            [python, self.root / "manage.py", *arguments],
            env={**home, **self.pip_settings, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _wheel(self, name: str, version: str) -> str:
        """Make a wheel as pip wants it; returns its SHA-256."""
        about = f"{name}-{version}.dist-info"
        files = {
            f"{name}/__init__.py": "",
            f"{name}/core/__init__.py": "",
            f"{name}/core/management.py": TELLS_WHERE_IT_RUNS,
            f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = [f"{path},sha256={_record_hash(text)},{len(text.encode())}" for path, text in files.items()]
        files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,"]) + "\n"
        wheel = self.wheels / f"{name}-{version}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for path, text in files.items():
                archive.writestr(zipfile.ZipInfo(path), text)
        return hashlib.sha256(wheel.read_bytes()).hexdigest()


def make_miniature(folder: Path) -> Miniature:
    """A fresh clone: no environment yet, and `django` 1.0 in both locks."""
    miniature = Miniature(folder / "a project", folder / "wheels")
    for path in FILES:
        target = miniature.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, target)
    miniature.wheels.mkdir()
    (miniature.root / "requirements").mkdir()
    miniature.pin(DEMO.name, django="1.0")
    miniature.pin(DEV.name, django="1.0", tool="1.0")
    return miniature


def _record_hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
