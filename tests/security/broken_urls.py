"""The app's addresses and one page that fails, for the test of error pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def broken(request: HttpRequest) -> HttpResponse:
    """A page that fails."""
    raise ZeroDivisionError


urlpatterns = [*real, path("broken/", broken)]
