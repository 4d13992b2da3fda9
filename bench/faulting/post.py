"""A mail server that is away, slow, unwilling or rude, and what becomes of an e-mail then."""

from typing import Any

from django.utils import timezone

from bench.faulting.plant import BACK_WITHIN_SECONDS
from bench.faulting.scene import Scene, rounded, said
from bench.faulting.world import Wrong, asked, waited
from contracts.models import Message
from contracts.services.messages import message_id, send_again
from tests.faults.mail_server import Mood


def mail_down(scene: Scene) -> dict[str, Any]:
    message = scene.world.next_message()
    scene.plant.stop_mail()
    waited(lambda: bool(_reread(message).error) or is_settled(message), BACK_WITHIN_SECONDS)
    while_down = _reread(message).state
    scene.plant.start_mail()
    return {"while down": while_down, **_post(scene, message, {"sent": 1})}


def mail_slow(scene: Scene) -> dict[str, Any]:
    """Slower than the lease: another worker gives up knowing, then the slow one says that it went out."""
    return _in_mood(scene, Mood.SLOW, {"sent": 1})


def mail_busy(scene: Scene) -> dict[str, Any]:
    return _in_mood(scene, Mood.BUSY, {"sent": 1})


def mail_refusing(scene: Scene) -> dict[str, Any]:
    return _in_mood(scene, Mood.REFUSING, {"sent": 1})


def mail_dropping(scene: Scene) -> dict[str, Any]:
    """Nobody can know whether it went out: the row says so; an administrator sends again what did not arrive."""
    mood = scene.chance.choice([Mood.DROPPING_BEFORE, Mood.DROPPING_AFTER])
    copies = int(mood == Mood.DROPPING_AFTER)
    found = _in_mood(scene, mood, {"unsure": copies})
    if not copies:
        message = Message.objects.latest("pk")
        send_again(message.pk, by=scene.world.manager, at=timezone.now())
        found |= {"sent again by hand": _post(scene, message, {"sent": 1})}
    return found


def _in_mood(scene: Scene, mood: Mood, expected: dict[str, int]) -> dict[str, Any]:
    came = scene.plant.mail.came
    scene.plant.mail.mood = mood
    message = scene.world.next_message()
    waited(lambda: scene.plant.mail.came > came or bool(_reread(message).error), BACK_WITHIN_SECONDS)
    scene.plant.mail.mood = Mood.WILLING
    return {"mood": mood, **_post(scene, message, expected)}


def _post(scene: Scene, message: Message, expected: dict[str, int]) -> dict[str, Any]:
    """What has become of an e-mail, and how many copies there are."""

    def found() -> dict[str, int]:
        return {_reread(message).state: scene.plant.mail.accepted[message_id(message)]}

    back = waited(lambda: found() == expected, BACK_WITHIN_SECONDS)
    wrong = Wrong() if back is not None else Wrong(lost=[f"message {message.pk}: {found()} instead of {expected}"])
    return {"back in": rounded(back), "became": found(), **said(wrong)}


def _reread(message: Message) -> Message:
    return asked(lambda: Message.objects.get(pk=message.pk)) or message


def is_settled(message: Message) -> bool:
    return _reread(message).state in {"sent", "failed", "unsure"}
