"""What a monitor asks: is the process alive, is the place ready to work. No details, cookies or session."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from annotator.reports.readiness import is_ready


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is looked at."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, migrations and disk are as they should be; 503 otherwise."""
    if is_ready():
        return HttpResponse("ready\n", content_type="text/plain")
    return HttpResponse("not ready\n", content_type="text/plain", status=503)
