"""The admin's site: behind our own doors, for operators."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RepairSite(admin.AdminSite):
    """The admin behind our own doors: its sign-in is the one that counts failures."""

    site_header = _("Sourcewise, repair")
    site_title = _("Sourcewise, repair")
    index_title = _("Look anywhere, mend with care")

    def has_permission(self, request: HttpRequest) -> bool:
        """Operators alone."""
        return bool(request.user.is_active and getattr(request.user, "is_superuser", False))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """To our sign-in page; for anybody else who is signed in there is nothing here."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        wanted = request.GET.get("next", reverse("admin:index"))
        return redirect(f"{reverse('sign-in')}?{urlencode({'next': wanted})}")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """As everywhere: by POST, and to the sign-in page."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        logout(request)
        return redirect("sign-in")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Our own page."""
        return redirect("password-change")
