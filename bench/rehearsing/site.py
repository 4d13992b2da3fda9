"""All machines with everything on them that the page has installed, from its top to its bottom."""

import re
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.rehearsing.machine import (
    ADDRESSES,
    BRIDGE,
    NAMES,
    NETWORK,
    ONE_MACHINE,
    ROOT,
    SECRETS,
    SEVERAL,
    Machine,
    Refused,
    bound,
    commands,
    in_terminal,
    run,
    switch_on,
    tell,
    with_secrets,
)

KNOWN_HERE: Final = Path("/usr/local/share/ca-certificates")
"""Of a network in which somebody stands between this machine and the packages."""
NAME: Final = "scrutineer.example.gov.uk"
DATABASE: Final = "db.example.gov.uk"
INSTALLED_FROM: Final = ("On the machine of the database", "On every other machine")


@dataclass
class Site:
    debian: Path
    folder: Path
    stack: ExitStack
    machines: dict[str, Machine] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Machine:
        return self.machines[name]

    @property
    def shared(self) -> Path:
        return self.folder / "shared"

    def begin(self, archive: Path) -> None:
        """One Debian with the packages, the release and the council's certificate authority; then the machines."""
        self.shared.mkdir(parents=True)
        kept = ("-keyout", self.folder / "ca.key", "-out", self.folder / "ca.crt")
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=The council", *kept)
        self._put_in(archive)
        self._install()
        run("ip", "link", "add", BRIDGE, "type", "bridge")
        self.stack.callback(lambda: run("ip", "link", "delete", BRIDGE))
        run("ip", "address", "add", f"{NETWORK}.1/24", "dev", BRIDGE)
        run("ip", "link", "set", BRIDGE, "up")
        for name in NAMES:
            shared = None if name == "db" else self.shared
            self.machines[name] = switch_on(name, self.folder, self.debian, shared, self.stack)

    def _put_in(self, archive: Path) -> None:
        shutil.copy(archive, self.debian / "root" / "scrutineer.tar.gz")
        shutil.copy("/etc/resolv.conf", self.debian / "etc" / "resolv.conf")
        authorities = self.debian / "usr" / "local" / "share" / "ca-certificates"
        authorities.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.folder / "ca.crt", authorities / "council.crt")
        for known in KNOWN_HERE.glob("*.crt"):
            shutil.copy(known, authorities)
        for path, text in {
            "usr/sbin/policy-rc.d": "#!/bin/sh\nexit 101\n",
            "usr/local/sbin/systemctl": (ROOT / "deploy" / "stand_in_for_systemctl").read_text(),
        }.items():
            (self.debian / path).write_text(text)
            (self.debian / path).chmod(0o755)
        hosts = "".join(f"{address} {name}.example.gov.uk\n" for name, address in ADDRESSES.items())
        (self.debian / "etc" / "hosts").write_text(f"127.0.0.1 localhost\n{hosts}")

    def _install(self) -> None:
        packages = [line for each in INSTALLED_FROM for line in commands(each) if line.startswith("apt-get ")]
        lines = [*dict.fromkeys(packages), "update-ca-certificates"]
        if not (self.debian / "srv" / "scrutineer" / "current").is_symlink():
            lines += ["install --directory /srv/scrutineer", *commands("2. The release", ONE_MACHINE, "sh")]
        mounts = "; ".join(bound(self.debian))
        for line in lines:
            quoted = line.replace("'", "'\\''")
            inside = f"export DEBIAN_FRONTEND=noninteractive; {quoted}"
            apart = ["unshare", "--mount", "bash", "-ec", f"{mounts}; exec chroot {self.debian} bash -euc '{inside}'"]
            in_terminal("all", apart, line)

    def install(self) -> None:
        """Each heading of the page on its machines."""
        database = self["db"]
        self._certify(database, DATABASE, "/etc/postgresql/certificate.pem", "/etc/postgresql/key.pem")
        redis = (ROOT / "deploy" / "redis" / "scrutineer.conf").read_text()
        database.ask("cat > /etc/redis/scrutineer.conf", with_secrets(redis))
        database.ask("systemctl start postgresql redis-server")  # where systemd runs, apt starts what it installs
        database.follow("On the machine of the database")
        settings = self._settings()
        for machine in list(self.machines.values())[1:]:
            machine.ask("mkdir -p /etc/scrutineer; cat > /etc/scrutineer/scrutineer.env", settings)
            machine.follow("On every other machine")
        as_owner = settings.replace("//scrutineer:", "//scrutineer-owner:")
        as_owner = as_owner.replace(SECRETS["APPLICATION_PASSWORD"], SECRETS["OWNER_PASSWORD"])
        self["worker1"].ask("umask 077; cat > /etc/scrutineer/owner.env", as_owner)
        self["worker1"].follow("On the machine from which you migrate and back up")
        for web in (self["web1"], self["web2"]):
            self._certify(web, NAME, "/etc/ssl/scrutineer/certificate.pem", "/etc/ssl/scrutineer/key.pem")
            for line in commands("8. nginx", ONE_MACHINE, "sh"):
                if not line.startswith(("openssl", "nginx -t", "systemctl")):
                    web.ask(line)
            web.follow("On each web machine")
        for name in ("worker1", "worker2"):
            self[name].follow("On each worker machine")
        self["beat1"].follow("On the machine of beat")
        tell("all", "ok", f"{sum(each.ran for each in self.machines.values())} commands of the page work as printed")

    def _certify(self, machine: Machine, name: str, certificate: str, key: str) -> None:
        """By the council's certificate authority."""
        request, made = self.folder / f"{name}.csr", self.folder / f"{name}.crt"
        run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout",
            self.folder / f"{name}.key", "-out", request)  # fmt: skip
        names = self.folder / "names"
        names.write_text(f"subjectAltName=DNS:{name}\n")
        run("openssl", "x509", "-req", "-in", request, "-CA", self.folder / "ca.crt", "-CAkey", self.folder / "ca.key",
            "-CAcreateserial", "-days", "9", "-extfile", names, "-out", made)  # fmt: skip
        machine.ask(f"cat > {certificate}", made.read_text())
        machine.ask(f"cat > {key}", (self.folder / f"{name}.key").read_text())

    def _settings(self) -> str:
        """The file of one machine with the lines that the page gives for several."""
        text = (ROOT / "deploy" / "scrutineer.env").read_text()
        said = re.search(r"```ini\n(DATABASE_URL.*?)```", SEVERAL, re.DOTALL)
        if said is None:
            raise Refused("The page says no settings for several machines.")
        for line in said[1].splitlines():
            name = line.partition("=")[0]
            text = re.sub(rf"^{name}=.*\n", "", text, flags=re.MULTILINE) + f"{line}\n"
        return with_secrets(text).replace("SECRET_KEY=\n", f"SECRET_KEY={'0123456789abcdef' * 5}\n")
