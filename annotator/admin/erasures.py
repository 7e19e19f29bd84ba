"""What was erased, by counts: to look at."""

from django.contrib import admin

from annotator.admin.looked import Looked
from annotator.models import Erasure


@admin.register(Erasure)
class ErasureAdmin(Looked):
    """The record of removals, which names nobody."""

    list_display = ("kind", "at", "by", "counts")
    list_select_related = ("by",)
    search_fields = ("kind",)
