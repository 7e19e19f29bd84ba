"""Articles and codebooks."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from annotator.admin.looked import Looked
from annotator.models import Article, ArticleDraft, Block, Codebook, CodebookVersion, Label


@admin.register(Article)
class ArticleAdmin(Looked):
    """Articles: a text never changes; one may pass to another owner, or come back from the deleted."""

    mended = ("owner", "deleted_at")
    hidden = ("search_text",)
    raw_id_fields = ("owner",)
    list_display = ("title", "publication", "owner", "language", "word_count", "is_sample", "created_at", "deleted_at")
    list_filter = ("is_sample",)
    list_select_related = ("owner",)
    search_fields = ("title", "publication", "author", "uuid", "text_sha256", "owner__username")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Without the texts, which may be large: the one that is opened is fetched when it is shown."""
        return super().get_queryset(request).defer("text", "search_text")


@admin.register(Block)
class BlockAdmin(Looked):
    """The blocks of articles."""

    list_display = ("article", "number", "kind", "start", "end")
    list_filter = ("kind",)
    search_fields = ("article__title", "article__uuid")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Block]:
        """With the article's title, without its text."""
        found = super().get_queryset(request).select_related("article")
        return found.defer("article__text", "article__search_text")


@admin.register(ArticleDraft)
class ArticleDraftAdmin(Looked):
    """Uploads on their way; one that is stuck may go."""

    is_removable = True
    list_display = ("uuid", "title", "owner", "version", "created_at")
    list_select_related = ("owner",)
    search_fields = ("title", "uuid", "owner__username")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleDraft]:
        """Without the contents until one is opened."""
        return super().get_queryset(request).defer("content")


@admin.register(Codebook)
class CodebookAdmin(Looked):
    """Codebooks."""

    list_display = ("slug", "owner", "uuid", "created_at")
    list_select_related = ("owner",)
    search_fields = ("slug", "uuid")


@admin.register(CodebookVersion)
class CodebookVersionAdmin(Looked):
    """Versions of codebooks: what readers were told stays as it was."""

    list_display = ("title", "number", "codebook", "language", "published_at", "frozen_at")
    list_select_related = ("codebook",)
    search_fields = ("title", "codebook__slug", "uuid")


@admin.register(Label)
class LabelAdmin(Looked):
    """The labels of versions."""

    list_display = ("name", "slug", "version", "position", "letter")
    list_select_related = ("version",)
    search_fields = ("name", "slug", "version__title")
