"""The root of all addresses: the app's own, and Django's admin for repair."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("annotator.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "annotator.views.errors.bad_request"
handler403 = "annotator.views.errors.permission_denied"
handler404 = "annotator.views.errors.not_found"
handler500 = "annotator.views.errors.server_error"
