"""Exercises, readings, spans, their history, and the figures kept of them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from annotator.admin.looked import Looked
from annotator.models import (
    AgreementPairs,
    AgreementRow,
    Decision,
    Exercise,
    ExerciseArticle,
    Reading,
    RuleEntry,
    Span,
    SpanOperation,
)


@admin.register(Exercise)
class ExerciseAdmin(Looked):
    """Exercises; their phase is moved on their own page, which takes the readings with it."""

    mended = ("title",)
    hidden = ("projector_token",)
    list_display = ("title", "classroom", "phase", "created_by", "is_sample", "created_at")
    list_filter = ("phase", "is_sample")
    list_select_related = ("classroom", "created_by")
    search_fields = ("title", "uuid", "classroom__name")


@admin.register(ExerciseArticle)
class ExerciseArticleAdmin(Looked):
    """Which articles an exercise has."""

    list_display = ("exercise", "position", "article")
    search_fields = ("exercise__title", "article__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExerciseArticle]:
        """With the titles, without the text."""
        found = super().get_queryset(request).select_related("exercise", "article")
        return found.defer("article__text", "article__search_text")


@admin.register(Reading)
class ReadingAdmin(Looked):
    """Readings: never made, changed or deleted here."""

    list_display = ("uuid", "exercise", "member", "round", "is_key", "state", "started_at", "submitted_at")
    list_filter = ("state", "is_key", "round")
    list_select_related = ("exercise", "member")
    search_fields = ("uuid", "exercise__title", "exercise__uuid", "member__user__username")


@admin.register(Span)
class SpanAdmin(Looked):
    """Spans: never made, changed or deleted here."""

    list_display = ("uuid", "reading", "label", "start", "end", "version", "created_at", "deleted_at")
    list_filter = ("label__slug", "is_late")
    list_select_related = ("reading", "label")
    search_fields = ("uuid", "reading__uuid")


@admin.register(SpanOperation)
class SpanOperationAdmin(Looked):
    """The history of spans: rows are added by the services and never changed."""

    list_display = ("uuid", "kind", "span", "actor", "created_at")
    list_filter = ("kind",)
    list_select_related = ("span", "actor")
    search_fields = ("uuid", "span__uuid", "reading__uuid")


@admin.register(AgreementRow)
class AgreementRowAdmin(Looked):
    """Kept agreement figures; one that is doubted may go, for pages then count anew."""

    is_removable = True
    hidden = ("summary",)
    list_display = ("exercise", "article", "round", "source")
    search_fields = ("exercise__title", "exercise__uuid", "article__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgreementRow]:
        """With the titles, without text and counts."""
        found = super().get_queryset(request).select_related("exercise", "article")
        return found.defer("summary", "article__text", "article__search_text")


@admin.register(AgreementPairs)
class AgreementPairsAdmin(Looked):
    """Kept pair counts; they may go as figures may."""

    is_removable = True
    hidden = ("counts",)
    list_display = ("row",)
    list_select_related = ("row",)
    search_fields = ("row__exercise__title", "row__exercise__uuid", "row__article__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgreementPairs]:
        """Without the counts."""
        return super().get_queryset(request).select_related("row").defer("counts", "row__summary")


@admin.register(Decision)
class DecisionAdmin(Looked):
    """Decisions on the way to a key: never made or changed here."""

    list_display = ("uuid", "kind", "label", "member", "made_at", "undone_at")
    list_filter = ("kind",)
    list_select_related = ("label", "member")
    search_fields = ("uuid", "key__uuid", "key__exercise__title")


@admin.register(RuleEntry)
class RuleEntryAdmin(Looked):
    """Rules in rule books: written and taken back by the services, for the cards repeat them."""

    list_display = ("uuid", "version", "text", "exercise", "member", "made_at", "taken_back_at")
    list_select_related = ("version", "exercise", "member")
    search_fields = ("uuid", "text", "exercise__title", "exercise__uuid")
