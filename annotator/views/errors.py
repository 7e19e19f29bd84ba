"""The error pages: each says what happened and what to do. Refusals raised by rules become 422 or 409 here."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from annotator.domain.errors import RuleError

# A refused upload is read and thrown away up to here, so that the browser gets round to reading the refusal.
DRAIN_BYTES = 128 * 1024 * 1024
DRAIN_STEP = 64 * 1024


def sentence(error: RuleError) -> str:
    """The error's sentence in the reader's language."""
    message = _(error.message)
    return message % error.params if error.params else message


def refusal(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """The page of one refusal: 413, 422 and 429 say what to do in `message`."""
    return render(request, f"{status}.html", {"message": message}, status=status)


def incomplete(request: HttpRequest) -> HttpResponse:
    """422 for a form that lacks what our own pages always send."""
    return refusal(request, _("This form was not complete. Go back, reload the page, try again."), 422)


def too_many(request: HttpRequest, error: RuleError) -> HttpResponse:
    """429: a limit is used up, for `seconds` at most."""
    response = refusal(request, sentence(error), 429)
    response.headers["Retry-After"] = str(error.params["seconds"])
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request makes no sense; or 413, for Django counts too large a body among those."""
    if isinstance(exception, RequestDataTooBig):
        drain(request)
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: one's own, but not now. `exception` may say when it opens."""
    return render(request, "403.html", {"message": str(exception or "")}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose protection has run out."""
    message = _("This page was open for too long, so we could not trust the form. Go back, reload the page, try again.")
    response = render(request, "403.html", {"message": message}, status=403)
    response["X-Sourcewise-Refusal"] = "csrf"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what is hidden and what does not exist."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, rendered without database, session or context processors."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def drain(request: HttpRequest) -> None:
    """Read what is still coming and forget it, a little at a time."""
    for _step in range(DRAIN_BYTES // DRAIN_STEP):
        if not request.read(DRAIN_STEP):
            return
