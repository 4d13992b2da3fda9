"""allauth's page to sign in, with the ways in that this installation has."""

from typing import Any, NoReturn

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


class SignIn(LoginView):  # type: ignore[misc]
    """By password, by code, or through the council's identity provider where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        providers = [
            {"name": provider.name, "address": provider.get_login_url(self.request)}
            for provider in get_adapter().list_providers(self.request)
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"providers": providers}


sign_in = SignIn.as_view()


def closed(request: HttpRequest) -> NoReturn:
    """allauth's pages on which people would change who they are: an administrator does that."""
    raise Http404("People do not change their address or connect other accounts themselves.")


@login_not_required
@require_safe
def not_signed_in(request: HttpRequest) -> HttpResponse:
    """Whom the council's identity provider sends back without a word about them."""
    messages.info(request, "You were not signed in. Try again, or sign in another way.")
    return redirect("account_login")
