"""What every page knows about the installation and about whose page it is."""

from django.conf import settings
from django.http import HttpRequest

from annotator import access
from annotator.models import User
from annotator.views.visitor import address_of


def installation(request: HttpRequest) -> dict[str, object]:
    """Whether the page travels over plain HTTP to another computer, whether anyone may register, and whose it is."""
    is_local = address_of(request) in {"127.0.0.1", "::1"}
    return {
        "plain_http_warning": not request.is_secure() and not (is_local and not settings.INSECURE_HTTP),
        "open_registration": settings.OPEN_REGISTRATION,
        # A function, so that pages that do not name it need no user.
        "member_key": lambda: access.member_key(request.user) if isinstance(request.user, User) else "",
    }
