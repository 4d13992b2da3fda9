"""
The two addresses that load balancers ask.

``live`` says that the process answers, and asks nobody. ``ready`` says whether it can serve, with what is wrong beside
it: 503 only where no page could be shown, 200 with ``"status": "degraded"`` for all else.
"""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.decorators.http import require_safe

from config.health.report import UNAVAILABLE, load_health


@login_not_required
@xframe_options_deny
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; no more than that, so that nobody restarts it for what is not its fault."""
    return HttpResponse("live\n", content_type="text/plain; charset=utf-8")


@login_not_required
@xframe_options_deny
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether people may be sent here."""
    found = load_health()
    status = HTTPStatus.SERVICE_UNAVAILABLE if found.status == UNAVAILABLE else HTTPStatus.OK
    return JsonResponse(found.as_json(), status=status)
