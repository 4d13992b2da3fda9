"""The address of the page in view with some parameters changed: what `{% querystring %}` is to Django's templates."""

from urllib.parse import urlencode

from django.http import HttpRequest


def querystring(request: HttpRequest, **changes: object) -> str:
    """`querystring(request, page=2)` is ?stage=on+hold&page=2; None takes a parameter out, a list gives it several."""
    pairs = [(name, value) for name, values in request.GET.lists() if name not in changes for value in values]
    for name, value in changes.items():
        if isinstance(value, list | tuple):
            pairs += [(name, str(each)) for each in value]
        elif value is not None:
            pairs.append((name, str(value)))
    return f"?{urlencode(pairs)}"
