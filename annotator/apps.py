"""The Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnotatorConfig(AppConfig):
    """Sourcewise."""

    name = "annotator"
    verbose_name = _("Sourcewise")
