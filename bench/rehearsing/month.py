"""
What happens on the machines: a month of the contract, everything that a machine can do to the others, then an upgrade
and a restored backup.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from bench.rehearsing.browser import Browser, ready
from bench.rehearsing.machine import ADDRESSES, Refused, tell
from bench.rehearsing.places import BACKED_UP, OF_BEAT, RESTORED, STARTED, UPGRADED
from bench.rehearsing.scripts import FALLS_DUE, HOW_MANY_ARE_LATE, LATE, PEOPLE, STANDS, WHO_WRITES
from bench.rehearsing.site import Site

PASSWORD: Final = "a long one that nobody guesses"  # noqa: S105
LEASE_SECONDS, SILENT_SECONDS = 60.0, 90.0
BACK_WITHIN_SECONDS: Final = LEASE_SECONDS + 70
TOLD_WITHIN_SECONDS: Final = SILENT_SECONDS + 60
WRONG_PASSWORDS: Final = 5
EVIDENCE: Final = b"case,answered in days\n1,4\n2,9\n"
TRIES: Final = 8


@dataclass
class Month:
    site: Site
    number: Any = field(default_factory=lambda: count(1))

    def play(self) -> None:
        self._expect_ready()
        self._shell(PEOPLE.format(password=PASSWORD))
        officer = self._go_on_at_the_other()
        evidence = self._hand_in(officer)
        self._be_locked_out_everywhere()
        self._read_the_paper_everywhere()
        self._lose_a_worker()
        self._lose_a_web_machine(officer)
        self._lose_beat()
        self._lose_the_folder()
        self._differ_in_time()
        self._expect_ready()
        self._upgrade(officer)
        self._restore(officer, evidence)

    def _go_on_at_the_other(self) -> Browser:
        officer = Browser("198.51.100.7")
        self._expect(officer.sign_in("web1", "officer@example.org", PASSWORD).status, 302, "web1 lets the officer in")
        self._expect(officer.get("web2", "/contracts/CSS/returns/").status, 200, "web2 knows who it is")
        return officer

    def _hand_in(self, officer: Browser) -> str:
        """Typed at one, kept by the other, evidence handed in at one, read at the other; its address."""
        form, evidence = "/contracts/CSS/returns/ACF/2018-02/", "/contracts/CSS/evidence/ACF/2018-02/ACF_KPI_01/"
        page = officer.get("web1", form)
        (version,) = (name for name in page.hidden if name.endswith("-version"))
        typed = {**page.hidden, version.replace("version", "value"): "81.5", "save": "1"}
        typed.pop("csrfmiddlewaretoken", None)
        self._expect(officer.post("web2", form, typed).status, 302, "the form of web1 is saved by web2")
        self._expect("81.5" in officer.get("web1", form).text, True, "web1 shows it")
        added = officer.post("web1", evidence, {}, ("cases.csv", EVIDENCE))
        self._expect(added.status, 302, "evidence is added at web1")
        shown = officer.get("web2", evidence).text
        address = "/contracts/CSS/evidence/" + shown.partition('href="/contracts/CSS/evidence/')[2].partition('"')[0]
        self._expect(officer.get("web2", address).content, EVIDENCE, "and read at web2")
        check = officer.get("web2", f"{form}check/")
        handed = officer.post("web2", f"{form}check/", {"version": check.hidden["version"], "submit": "1"})
        self._expect(handed.status, 302, "the month is submitted at web2")
        return address

    def _be_locked_out_everywhere(self) -> None:
        guesser = Browser("203.0.113.66")
        for number in range(WRONG_PASSWORDS):
            guesser.sign_in(("web1", "web2")[number % 2], "guessed@example.org", f"wrong {number}")
        for web in ("web1", "web2"):
            answer = guesser.sign_in(web, "guessed@example.org", PASSWORD)
            self._expect(answer.status != 302, True, f"{web} keeps out who guessed wrong at both")
        other = Browser("198.51.100.8").sign_in("web2", "manager@example.org", PASSWORD)
        self._expect(other.status, 302, "and lets in somebody else at another address")

    def _read_the_paper_everywhere(self) -> None:
        self._shell(FALLS_DUE.format(reference="CSS"))
        took = self._wait(lambda: self._stands("CSS")["state"] == "finished", BACK_WITHIN_SECONDS, "a paper is written")
        stands = self._judge("CSS")
        manager = Browser("198.51.100.8")
        manager.sign_in("web1", "manager@example.org", PASSWORD)
        (pdf,) = (name for name in stands["files"] if name.endswith(".pdf"))
        path = f"/contracts/CSS/papers/{stands['papers'][0]}/files/{pdf}"
        one, other = (manager.get(web, path).content for web in ("web1", "web2"))
        self._expect(one[:4], b"%PDF", f"web1 gives the paper out, written after {took:.0f} s")
        self._expect(one == other, True, "web2 gives out the same")

    def _lose_a_worker(self) -> None:
        """While it writes; the other takes over, and when it comes back nothing is there twice."""
        for _ in range(TRIES):
            reference = f"W{next(self.number)}"
            self._shell(FALLS_DUE.format(reference=reference))
            one, other = ADDRESSES["worker1"], ADDRESSES["worker2"]
            asked = WHO_WRITES.format(reference=reference, one=one, other=other)
            found = self.site["db"].ask(asked, allowed=(0, 1)).strip()
            lost = next((each for each in self.site.machines.values() if each.address == found), None)
            if lost is None:
                continue
            lost.set_link("down")
            began = time.monotonic()
            asking = self.site["worker2" if lost.name == "worker1" else "worker1"]
            if self._stands(reference, asking.name)["state"] == "running":
                break
            lost.set_link("up")
        else:
            raise Refused("No worker was caught while it wrote.")
        self._wait(
            lambda: self._stands(reference, asking.name)["state"] == "finished", BACK_WITHIN_SECONDS,
            f"{lost.name} vanished at its work, and {asking.name} wrote the paper",
        )  # fmt: skip
        self._wait(lambda: "1 of 2 workers is down" in self._wrong("web1"), TOLD_WITHIN_SECONDS, "health names it")
        tell(lost.name, "ok", f"was away for {time.monotonic() - began:.0f} s")
        lost.set_link("up")
        self._expect_ready()
        stands = self._judge(reference)
        self._expect(stands["attempts"], 2, "it was begun twice and written once")
        self._wait(lambda: not self._strays(), BACK_WITHIN_SECONDS, "what the lost one set aside is cleared away")

    def _lose_a_web_machine(self, officer: Browser) -> None:
        self.site["web1"].set_link("down")
        self._expect(ready("web1")["status"], "", "the load balancer hears nothing from web1")
        self._expect(officer.get("web2", "/contracts/CSS/returns/").status, 200, "and web2 goes on without a sign-in")
        self.site["web1"].set_link("up")
        self._wait(lambda: officer.get("web1", "/contracts/CSS/returns/").status == 200, 60, "web1 is back")

    def _lose_beat(self) -> None:
        beat = self.site["beat1"]
        beat.set_link("down")
        self._wait(lambda: "Beat is down" in self._wrong("web2"), TOLD_WITHIN_SECONDS, "health says that beat is down")
        self.site["worker2"].follow(OF_BEAT)
        self._expect_ready()
        reference = f"B{next(self.number)}"
        self._shell(FALLS_DUE.format(reference=reference))
        self._wait(lambda: self._stands(reference)["state"] == "finished", BACK_WITHIN_SECONDS, "another beat asks")
        beat.set_link("up")
        reference = f"B{next(self.number)}"
        self._shell(FALLS_DUE.format(reference=reference))
        self._wait(lambda: self._stands(reference)["state"] == "finished", BACK_WITHIN_SECONDS, "both ask")
        stands = self._judge(reference)
        self._expect(stands["attempts"], 1, "two beats have one paper written once")
        self.site["worker2"].ask("systemctl disable --now scrutineer-beat.service")
        self._expect_in_place(release=1)

    def _lose_the_folder(self) -> None:
        """A web machine on which it was not mounted says so, and the others do not."""
        web = self.site["web2"]
        web.ask("umount --lazy /var/lib/scrutineer")
        self._wait(
            lambda: "2 workers cannot be seen in the folder of the files" in self._wrong("web2"), 60,
            "web2 says that its folder is another",
        )  # fmt: skip
        self._expect("folder" in self._wrong("web1"), False, "and web1 does not")
        web.mount_again(self.site.shared)
        self._expect_ready()

    def _differ_in_time(self) -> None:
        """By libfaketime, where it is on the machines."""
        if not self.site["web1"].ask("command -v faketime || true").strip():
            tell("web1", "left", "no faketime on the machine: clocks are left alone")
            return
        told = self.site["web1"].ask("faketime '+10 minutes' scrutineer health || true")
        self._expect("The clock of this machine is 10 minutes ahead of" in told, True, "a clock that differs is told")

    def _upgrade(self, officer: Browser) -> None:
        """To a release with one migration more; whoever was signed in stays so."""
        self.site.walk(UPGRADED)
        self._expect_ready()
        self._expect_in_place(release=2)
        self._read_at_both(officer)

    def _restore(self, officer: Browser, evidence: str) -> None:
        """Into the place of what went on after the backup, which is gone; what was before it is there again."""
        self.site.walk(BACKED_UP)
        self._shell(LATE.format(password=PASSWORD))
        self._expect(self._said(HOW_MANY_ARE_LATE), "1", "somebody was added after the backup")
        self.site.walk(RESTORED)
        self._expect(self.site.running(), {}, "nothing runs meanwhile")
        self.site.walk(STARTED)
        self._expect_ready()
        self._expect_in_place(release=2)
        self._expect(self._said(HOW_MANY_ARE_LATE), "0", "and is gone after it was restored")
        self._judge("CSS")
        self._read_at_both(officer)
        self._expect(officer.get("web2", evidence).content, EVIDENCE, "and the evidence")
        reference = f"R{next(self.number)}"
        self._shell(FALLS_DUE.format(reference=reference))
        self._wait(lambda: self._stands(reference)["state"] == "finished", BACK_WITHIN_SECONDS, "a paper is written")
        self._judge(reference)

    def _read_at_both(self, officer: Browser) -> None:
        for web in ("web1", "web2"):
            status = officer.get(web, "/contracts/CSS/returns/").status
            self._expect(status, 200, f"the officer reads on at {web} without a sign-in")

    def _expect_in_place(self, *, release: int) -> None:
        found, expected = self.site.running(), self.site.expected(release)
        self._expect(found, expected, f"each machine runs what belongs to it and nothing else, of release {release}")

    def _judge(self, reference: str) -> dict[str, Any]:
        stands = self._stands(reference)
        found = (stands["runs"], len(stands["papers"]), len(stands["files"]) == len(set(stands["files"])))
        self._expect(found, (1, 1, True), f"one run and one paper of {reference}, and each of its files once")
        self.site["web1"].ask("scrutineer verify_papers")
        self.site["web2"].ask("scrutineer check_register --files")
        tell("web2", "ok", "the register holds, and each file of evidence is where it should be")
        return stands

    def _strays(self) -> list[str]:
        aside = self.site.shared / "papers" / ".unfinished"
        return [path.name for path in aside.iterdir()] if aside.is_dir() else []

    def _stands(self, reference: str, on: str = "web2") -> dict[str, Any]:
        return dict(json.loads(self._said(STANDS.format(reference=reference), on)))

    def _said(self, script: str, on: str = "web2") -> str:
        """The line that a script marks as its answer."""
        return next(line for line in self._shell(script, on).splitlines() if line.startswith("> "))[2:]

    def _shell(self, script: str, on: str = "web2") -> str:
        return self.site[on].ask("scrutineer shell --verbosity 0", script)

    def _expect_ready(self) -> None:
        for web in ("web1", "web2"):
            self._wait(lambda web=web: ready(web)["status"] == "ready", BACK_WITHIN_SECONDS, f"{web} is ready")  # type: ignore[misc]

    def _wrong(self, web: str) -> str:
        return " ".join(ready(web)["wrong"])

    def _wait(self, is_so: Callable[[], bool], seconds: float, what: str) -> float:
        began = time.monotonic()
        while not is_so():
            if time.monotonic() - began > seconds:
                raise Refused(f"Not within {seconds:.0f} s: {what}. {ready('web1')} {ready('web2')}")
            time.sleep(0.5)
        took = time.monotonic() - began
        tell("all", "ok", f"{what}, after {took:.0f} s of {seconds:.0f}")
        return took

    def _expect(self, found: object, expected: object, what: str) -> None:
        if found != expected:
            raise Refused(f"Not so: {what}. It is {str(found)[:300]!r} instead of {expected!r}.")
        tell("all", "ok", what)
