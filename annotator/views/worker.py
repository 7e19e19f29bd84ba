"""The service worker, from an address whose scope covers the readings."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

SCRIPT = "annotator/js/worker.js"


@require_safe
@gzip_page
def worker(request: HttpRequest) -> HttpResponse:
    """The script; a browser asks for it anew each time, so an update needs no new name."""
    script = Path(str(finders.find(SCRIPT))).read_bytes()
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/readings/"
    return response
