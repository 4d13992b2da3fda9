"""allauth's page to sign in, with the ways in that this installation has."""

from typing import Any

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter


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
