"""The app's addresses, and a bare view that does one insert behind the same middleware."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from annotator.models import Attempt
from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@require_POST
def bare(request: HttpRequest) -> JsonResponse:
    """One row, one commit, nothing else."""
    row = Attempt.objects.create(scope="bench", who="bench")
    return JsonResponse({"id": row.pk}, status=201)


urlpatterns = [path("bench/bare/", bare), *urlpatterns]
