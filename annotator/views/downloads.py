"""What the views that send a file share: how many files a person may take, and how a CSV table goes out."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from annotator import access
from annotator.domain.errors import RuleError
from annotator.exporters import csv_file
from annotator.exporters.file_names import content_disposition
from annotator.services.limits import EXPORT, attempt_add, limit_check
from annotator.views import errors


def too_many(request: HttpRequest) -> HttpResponse | None:
    """Count one file more for the person who asks; the refusal where there were too many already."""
    who = str(access.signed_in(request).uuid)
    try:
        limit_check(limit=EXPORT, who=who)
    except RuleError as error:
        return errors.too_many(request, error)
    attempt_add(limit=EXPORT, who=who)
    return None


def csv_response(records: Iterable[str], title: str, name: str, *, is_for_excel: bool) -> StreamingHttpResponse:
    """A table under `name` and what it is from, written while it is sent."""
    response = StreamingHttpResponse(csv_file.encode(records, bom=is_for_excel))
    response["Content-Type"] = "text/csv; charset=utf-8"
    response["Content-Disposition"] = content_disposition(title, name)
    return response
