"""All machines with everything on them that the page has installed, from its top to its bottom."""

import filecmp
import re
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.rehearsing.machine import (
    ADDRESSES,
    BRIDGE,
    NETWORK,
    PAGE,
    ROOT,
    SECRETS,
    Machine,
    Refused,
    commands,
    in_terminal,
    run,
    switch_on,
    tell,
    with_secrets,
)
from bench.rehearsing.places import (
    ALL,
    INSTALLED,
    NAMES,
    NEW_RELEASE,
    OF_THE_DATABASE,
    OF_THE_OWNER,
    OF_WEB,
    ON_EVERY_OTHER,
    RUNS,
    STARTED,
    Places,
)

NAME: Final = "scrutineer.example.gov.uk"
DATABASE: Final = "db.example.gov.uk"
RELEASES: Final = Path("srv", "scrutineer")
ADDED: Final = Path("contracts", "migrations", "9999_rehearsed.py")
NEXT: Final = '''"""What the next release brings: something that only the owner of the tables may make."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contracts", name) for name in {before}]
    operations = [migrations.RunSQL("CREATE TABLE rehearsed (id integer)", "DROP TABLE rehearsed")]
'''
RUNNING: Final = (
    "for known in /run/stand-in/*.pid; do [ -e $known ] || continue;"
    ' echo "$(basename $known .service.pid) $(readlink /proc/$(cat $known)/cwd || echo ended)"; done'
)


@dataclass
class Site:
    debian: Path
    folder: Path
    stack: ExitStack
    bound: list[Path] = field(default_factory=list)
    """Folders of this machine that packages are installed from."""
    authorities: Path | None = None
    """Whom the network trusts between this machine and the packages."""
    machines: dict[str, Machine] = field(default_factory=dict)
    followed: list[str] = field(default_factory=list)

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
        is_there = self._put_in(archive)
        there = self._install(is_there=is_there)
        run("ip", "link", "add", BRIDGE, "type", "bridge")
        self.stack.callback(lambda: run("ip", "link", "delete", BRIDGE))
        run("ip", "address", "add", f"{NETWORK}.1/24", "dev", BRIDGE)
        run("ip", "link", "set", BRIDGE, "up")
        for name in NAMES:
            shared = None if name == "db" else self.shared
            self.machines[name] = switch_on(name, self.folder, self.debian, shared, there, self.stack)

    def _put_in(self, archive: Path) -> bool:
        """Whether the archive had been put in and installed before."""
        kept = self.debian / "root" / "scrutineer.tar.gz"
        is_there = kept.exists() and filecmp.cmp(archive, kept, shallow=False)
        is_there = is_there and (self.debian / RELEASES / "2" / ADDED).exists()
        if not is_there:
            shutil.rmtree(self.debian / RELEASES, ignore_errors=True)
            for command in ("scrutineer", "scrutineer-owner"):
                (self.debian / "usr" / "local" / "sbin" / command).unlink(missing_ok=True)
            shutil.copy(archive, kept)
        shutil.copy("/etc/resolv.conf", self.debian / "etc" / "resolv.conf")
        authorities = self.debian / "usr" / "local" / "share" / "ca-certificates"
        authorities.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.folder / "ca.crt", authorities / "council.crt")
        for known in self.authorities.glob("*.crt") if self.authorities else ():
            shutil.copy(known, authorities)
        for path, text in {
            "usr/sbin/policy-rc.d": "#!/bin/sh\nexit 101\n",
            "usr/local/sbin/systemctl": (ROOT / "deploy" / "stand_in_for_systemctl").read_text(),
        }.items():
            (self.debian / path).write_text(text)
            (self.debian / path).chmod(0o755)
        hosts = "".join(f"{address} {name}.example.gov.uk\n" for name, address in ADDRESSES.items())
        (self.debian / "etc" / "hosts").write_text(f"127.0.0.1 localhost\n{hosts}")
        return is_there

    def _install(self, *, is_there: bool) -> list[str]:
        """What of the page needs the network: packages, and the release in use and the next one; its commands."""
        under = [line for heading in (OF_THE_DATABASE, ON_EVERY_OTHER) for line in commands(heading)]
        packages = list(dict.fromkeys(line for line in under if line.startswith("apt-get ")))
        releases = [*commands("2. The release"), *commands(NEW_RELEASE)]
        missing = [] if is_there else ["install --directory /srv/scrutineer", *releases]
        mounts = [f"mount --bind /{name} {self.debian / name}" for name in ("proc", "dev")]
        for path in self.bound:
            place = self.debian / path.relative_to("/")
            mounts.append(f"mkdir --parents {place}; mount --bind {path} {place}")
        for line in [*packages, "update-ca-certificates", *missing]:
            quoted = line.replace("'", "'\\''")
            inside = f"export DEBIAN_FRONTEND=noninteractive; cd /root; {quoted}"
            script = f"{'; '.join(mounts)}; exec chroot {self.debian} bash -euc '{inside}'"
            in_terminal("all", ["unshare", "--mount", "bash", "-ec", script], line)
        added = self.debian / RELEASES / "2" / ADDED
        if missing:
            added.write_text(NEXT.format(before=sorted(path.stem for path in added.parent.glob("[0-9]*.py"))))
        return [*packages, *releases]

    def install(self) -> None:
        """Each heading of the page on its machines."""
        database = self["db"]
        self._certify(database, DATABASE, "/etc/postgresql/certificate.pem", "/etc/postgresql/key.pem")
        redis = (ROOT / "deploy" / "redis" / "scrutineer.conf").read_text()
        database.ask("cat > /etc/redis/scrutineer.conf", with_secrets(redis))
        database.ask("systemctl start postgresql redis-server")  # where systemd runs, apt starts what it installs
        settings = self._settings()
        for name in INSTALLED[ON_EVERY_OTHER]:
            self[name].ask("mkdir -p /etc/scrutineer; cat > /etc/scrutineer/scrutineer.env", settings)
        as_owner = settings.replace("//scrutineer:", "//scrutineer-owner:")
        as_owner = as_owner.replace(SECRETS["APPLICATION_PASSWORD"], SECRETS["OWNER_PASSWORD"])
        for name in INSTALLED[OF_THE_OWNER]:
            self[name].ask("umask 077; cat > /etc/scrutineer/owner.env", as_owner)
        self.walk({heading: names for heading, names in INSTALLED.items() if heading not in STARTED})
        for name in INSTALLED[OF_WEB]:
            self._certify(self[name], NAME, "/etc/ssl/scrutineer/certificate.pem", "/etc/ssl/scrutineer/key.pem")
            for line in commands("8. nginx"):
                if not line.startswith(("openssl", "nginx -t", "systemctl")):
                    self[name].ask(line)
        self.walk(STARTED)

    def walk(self, places: Places) -> None:
        """Each heading on the machines that it is for, one after the other."""
        for heading, names in places.items():
            for name in names:
                self[name].follow(heading)
            self.followed.append(heading)

    def tell_what_was_followed(self) -> None:
        if left_out := ALL.keys() - set(self.followed):
            raise Refused(f"Nobody followed {sorted(left_out)}.")
        ran = sum(each.ran for each in self.machines.values())
        tell("all", "ok", f"{ran} commands for several machines work as printed, under {len(ALL)} headings")

    def running(self) -> dict[str, str]:
        """Which of our services runs on each machine, and from which folder."""
        found = {name: self[name].ask(RUNNING).splitlines() for name in NAMES}
        return {name: ", ".join(lines) for name, lines in found.items() if lines}

    @staticmethod
    def expected(release: int) -> dict[str, str]:
        return {name: f"{unit} /{RELEASES}/{release}" for name, unit in RUNS.items()}

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
        said = re.search(r"```ini\n(DATABASE_URL.*?)```", PAGE, re.DOTALL)
        if said is None:
            raise Refused("The page says no settings for several machines.")
        for line in said[1].splitlines():
            name = line.partition("=")[0]
            text = re.sub(rf"^{name}=.*\n", "", text, flags=re.MULTILINE) + f"{line}\n"
        return with_secrets(text).replace("SECRET_KEY=\n", f"SECRET_KEY={'0123456789abcdef' * 5}\n")
