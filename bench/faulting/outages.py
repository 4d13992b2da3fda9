"""Everything else that goes wrong: broker, database, disk, memory, clocks, mail; news that comes often, two beats."""

import signal
from collections.abc import Callable
from datetime import timedelta
from time import sleep
from typing import Any, Final

from celery import Celery
from django.urls import reverse

from bench.faulting.clocks import TURNS, clock_jumps_back, clock_jumps_forward, clock_skew, turning
from bench.faulting.crashes import SIGN_IN, postgresql_killed_idle, postgresql_killed_under_load, web_killed_during_post
from bench.faulting.kills import fill
from bench.faulting.plant import BACK_WITHIN_SECONDS
from bench.faulting.post import is_settled, mail_busy, mail_down, mail_dropping, mail_refusing, mail_slow
from bench.faulting.scene import Scene, again_if_failed, held, reconnect, rounded, said
from bench.faulting.world import Wrong, is_all_settled, waited
from reports.models import Paper
from reports.services.news import WRITE_PAPER

MANY: Final = 50


def redis_stopped(scene: Scene) -> dict[str, Any]:
    """A paper falls due while no broker is there; it comes back empty."""
    scene.plant.stop_broker()
    paper = scene.world.next_paper()
    sleep(2)
    page = scene.page_of(paper)
    scene.plant.start_broker()
    return {"page while down": page, **scene.finish(paper)}


def redis_flushed(scene: Scene) -> dict[str, Any]:
    """At a random point of a paper everything in the broker is forgotten."""
    paper, point = held(scene)
    scene.plant.redis.flushdb()
    scene.plant.clear_gate()
    return {"at": point, **scene.finish(paper)}


def redis_restarted_with_its_file(scene: Scene) -> dict[str, Any]:
    return _restart_redis(scene, is_kept=True)


def redis_restarted_without(scene: Scene) -> dict[str, Any]:
    return _restart_redis(scene, is_kept=False)


def _restart_redis(scene: Scene, *, is_kept: bool) -> dict[str, Any]:
    kept_in = scene.plant.folder / "aof" if is_kept else None
    if kept_in is not None:
        kept_in.mkdir(exist_ok=True)
        scene.plant.stop_broker()
        scene.plant.start_broker(kept_in)
    paper, point = held(scene)
    scene.plant.stop_broker()
    scene.plant.clear_gate()
    scene.plant.start_broker(kept_in)
    return {"at": point, **scene.finish(paper)}


def postgresql_restarted_idle(scene: Scene) -> dict[str, Any]:
    scene.plant.stop_database()
    page = scene.plant.page(SIGN_IN)[0]
    scene.plant.start_database()
    reconnect()
    paper = scene.world.next_paper()
    return {"page while down": page, **scene.finish(paper)}


def postgresql_restarted_under_load(scene: Scene) -> dict[str, Any]:
    """At a random point of a paper, in good order or as in a crash."""
    how = scene.chance.choice([signal.SIGINT, signal.SIGQUIT])
    paper, point = held(scene)
    scene.plant.stop_database(how)
    scene.plant.clear_gate()
    page = scene.plant.page(SIGN_IN)[0]
    sleep(1)
    scene.plant.start_database()
    reconnect()
    how_in_words = "in good order" if how == signal.SIGINT else "as in a crash"
    return {"at": point, "stopped": how_in_words, "page while down": page, **scene.finish(paper)}


def news_many_times(scene: Scene) -> dict[str, Any]:
    """The same message fifty times at once, to two workers."""
    paper, point = held(scene)
    run = paper.runs.get(edition=paper.edition)
    with Celery(broker=scene.plant.broker_url) as sender:
        for _ in range(MANY):
            sender.send_task(WRITE_PAPER, args=(run.pk,))
    scene.plant.clear_gate()
    return {"at": point, "messages": MANY, **scene.finish(paper)}


def two_beats(scene: Scene) -> dict[str, Any]:
    with scene.plant.another_beat():
        paper = scene.world.next_paper()
        message = scene.world.next_message()
        found = scene.finish(paper)
        waited(lambda: is_settled(message), BACK_WITHIN_SECONDS)
    return found


def memory_exceeded(scene: Scene) -> dict[str, Any]:
    """A paper that never fits: three attempts, then failed and shown as failed, while another one is written."""
    how = scene.chance.choice(["GREEDY", "KILLED"])
    greedy = scene.world.next_paper(f"{how}{next(scene.world.number)}")
    other = scene.world.next_paper()
    others = scene.finish(other)
    given_up = waited(greedy.has_failed, BACK_WITHIN_SECONDS)
    run = greedy.runs.get()
    wrong = Wrong(others.pop("lost"), others.pop("doubled"))
    if given_up is None or run.attempts != 3 or greedy.is_done():
        wrong.lost.append(f"{greedy.contract.reference}: {run.state} after {run.attempts} attempts, not given up")
    status, page = scene.plant.page(reverse("reports:work", args=[greedy.contract.reference]), scene.session)
    if status != 200 or run.error[:25] not in page:
        wrong.lost.append(f"{greedy.contract.reference}: its failure is not shown ({status})")
    ended_by = "its limit" if how == "GREEDY" else "the kernel"
    return {
        "ended by": ended_by,
        "attempts": run.attempts,
        "back in": rounded(given_up),
        "others": others,
        **said(wrong),
    }


def disk_full(scene: Scene) -> dict[str, Any]:
    """Nothing half is left while no byte fits; there is room again, and the paper is written."""
    with scene.plant.disk_full() as what:
        paper = scene.world.next_paper()
        is_told = waited(lambda: paper.runs.exclude(error="").exists(), BACK_WITHIN_SECONDS) is not None
        has_nothing = not Paper.objects.filter(contract=paper.contract).exists()
        page = scene.page_of(paper)
    again = again_if_failed(scene, paper)
    found = scene.finish(paper)
    if not is_told or not has_nothing:
        found["lost"].append(f"{paper.contract.reference}: that it does not fit was not said, or half of it was there")
    return {"by": what, "page while full": page, "begun again by": again, **found}


def clocks_differ(scene: Scene) -> dict[str, Any]:
    """A machine whose clock is an hour off dies at a random point: the others, whose clocks are right, take over."""
    off = scene.chance.choice((-1, 1)) * timedelta(hours=1)
    scene.dismiss_workers()
    odd = scene.start_worker_by_a_clock_off_by(off)
    paper, point = held(scene)
    scene.world.next_message()
    scene.plant.dismiss(odd)
    scene.plant.clear_gate()
    fill(scene.plant)
    again = again_if_failed(scene, paper)
    found = scene.finish(paper)
    if waited(is_all_settled, BACK_WITHIN_SECONDS) is None:
        found["lost"].append("an e-mail is still kept by the dead")
    return {"at": point, "off by seconds": off.total_seconds(), "begun again by": again, **found}


OUTAGES: Final[dict[str, Callable[[Scene], dict[str, Any]]]] = {
    each.__name__.replace("_", " "): each
    for each in (
        redis_stopped,
        redis_flushed,
        redis_restarted_with_its_file,
        redis_restarted_without,
        postgresql_restarted_idle,
        postgresql_restarted_under_load,
        postgresql_killed_idle,
        postgresql_killed_under_load,
        web_killed_during_post,
        news_many_times,
        two_beats,
        memory_exceeded,
        disk_full,
        clock_jumps_forward,
        clock_jumps_back,
        clocks_differ,
        clock_skew,
        *map(turning, TURNS),
        mail_down,
        mail_slow,
        mail_busy,
        mail_refusing,
        mail_dropping,
    )
}
