"""Drafts: an upload on its way to becoming an article, checked block by block in its preview."""

from dataclasses import asdict
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from annotator.domain.draft_blocks import (
    DraftBlock,
    Screen,
    Step,
    blocks_read,
    blocks_written,
    kept_blocks,
    kept_text,
    shown,
    stepped,
)
from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.text import fingerprint
from annotator.importers import DraftArticle
from annotator.models import Article, ArticleDraft, User
from annotator.services.articles import MOST_CHARACTERS, TOO_LONG, Facts, article_store, check_number

# An upload that nobody saved is not kept for longer.
DRAFT_AGE = timedelta(hours=24)
STALE = gettext_noop(
    "This draft has changed in another window, so your last step was not made. Here is how it stands now."
)
UNCHANGED = gettext_noop(
    "Nothing has changed: this is still the old text. Change its words first, or throw the correction away."
)
TWICE = gettext_noop("You already have this text. Open it, or tick the box to save it a second time.")


@transaction.atomic
def draft_add(*, owner: User, source: DraftArticle) -> ArticleDraft:
    """Keep what an importer found, for its preview; the owner's drafts of yesterday go."""
    check_number(len(source.blocks))
    drafts_drop_old(owner=owner)
    blocks = [
        DraftBlock(
            id=number,
            kind=block.kind,
            text=block.text,
            group=block.group,
            kept=block.kept,
            is_title=block.is_title,
            folded=not block.kept,
        )
        for number, block in enumerate(source.blocks)
    ]
    content = {"blocks": blocks_written(blocks), "warnings": list(source.warnings), "changes": dict(source.changes)}
    return ArticleDraft.objects.create(owner=owner, content=content, **asdict(facts_found(source)))


@transaction.atomic
def draft_correct(*, article: Article) -> ArticleDraft:
    """A draft with the blocks of an article, to be corrected and stored as its new version; one begun goes on."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    drafts_drop_old(owner=article.owner)
    begun = ArticleDraft.objects.filter(owner=article.owner, replaces=locked).order_by("-pk").first()
    if begun is not None:
        return begun
    blocks = [
        DraftBlock(
            id=block.number, kind=block.kind, text=locked.text[block.start : block.end], group="story", kept=True
        )
        for block in locked.blocks.order_by("number")
    ]
    content = {"blocks": blocks_written(blocks), "warnings": [], "changes": {}}
    return ArticleDraft.objects.create(
        owner=article.owner, content=content, replaces=locked, **asdict(facts_of(locked))
    )


@transaction.atomic
def draft_change(*, draft: ArticleDraft, screen: Screen, step: Step, facts: Facts | None = None) -> ArticleDraft:
    """One press in the preview: what the screen says is stored with it.

    RuleError `stale` where the draft has moved on since the screen was painted.
    """
    locked = current(ArticleDraft.objects.select_for_update().filter(pk=draft.pk).first(), screen)
    blocks = stepped(shown(blocks_read(locked.content), screen), step)
    if sum(len(block.text) for block in blocks) > 2 * MOST_CHARACTERS:
        raise RuleError(TOO_LONG, code="too_long")
    check_number(len(blocks))
    draft_write(locked, blocks, facts)
    return locked


@transaction.atomic
def draft_save(
    *,
    draft: ArticleDraft,
    screen: Screen,
    facts: Facts,
    library: QuerySet[Article],
    is_again: bool = False,
) -> Article:
    """The article of a draft, under the draft's own UUID: saving it twice gives one article.

    RuleError `twice` where `library` holds the text already and the person did not say to store it again, `unchanged`
    where a correction corrects nothing.
    """
    locked = ArticleDraft.objects.select_for_update().filter(pk=draft.pk).first()
    stored = Article.objects.filter(uuid=draft.uuid, owner=draft.owner).first()
    if stored is not None:
        return stored
    blocks = shown(blocks_read(current(locked, screen).content), screen)
    same = same_text(blocks, library)
    if draft.replaces_id is not None and same.filter(pk=draft.replaces_id).exists():
        raise RuleError(UNCHANGED, code="unchanged")
    if not is_again and same.exists():
        raise RuleError(TWICE, code="twice")
    article = article_store(
        owner=draft.owner, blocks=kept_blocks(blocks), replaces=draft.replaces, uuid=draft.uuid, **asdict(facts)
    )
    draft.delete()
    return article


def draft_cancel(*, draft: ArticleDraft) -> None:
    """Throw an upload away."""
    draft.delete()


def drafts_drop_old(*, owner: User) -> None:
    """The owner's drafts that nobody came back to."""
    owner.article_drafts.filter(created_at__lt=timezone.now() - DRAFT_AGE).delete()


def same_text(blocks: list[DraftBlock], library: QuerySet[Article]) -> QuerySet[Article]:
    """Articles of the library with exactly the text that these blocks would give."""
    text = kept_text(blocks)
    return library.filter(text_sha256=fingerprint(text)) if text else library.none()


def current(locked: ArticleDraft | None, screen: Screen) -> ArticleDraft:
    """The draft if it stands as the screen showed it, else `stale`."""
    if locked is None or locked.version != screen.version:
        raise RuleError(STALE, code="stale")
    return locked


def draft_write(draft: ArticleDraft, blocks: list[DraftBlock], facts: Facts | None) -> None:
    """Store the new state and count it."""
    draft.content = draft.content | {"blocks": blocks_written(blocks)}
    draft.version += 1
    for name, value in asdict(facts).items() if facts else ():
        setattr(draft, name, value)
    draft.save()


def facts_of(source: Article | ArticleDraft) -> Facts:
    """What is known about an article or a draft."""
    return Facts(
        title=source.title,
        publication=source.publication,
        author=source.author,
        published=source.published,
        address=source.address,
        language=source.language,
    )


def facts_found(source: DraftArticle) -> Facts:
    """What an importer found, cut to what the table holds; a broken address is no address."""
    return Facts(
        title=one_line(source.title, 300),
        publication=one_line(source.publication, 200),
        author=one_line(source.author, 300),
        published=source.published,
        address=source.address if is_address(source.address) else "",
        language=source.language if len(source.language) <= 35 else "",
    )


def one_line(text: str, most: int) -> str:
    """White space made single spaces, and at most so many characters."""
    return " ".join(text.split())[:most].rstrip()


def is_address(text: str) -> bool:
    """Whether it is the whole address of a web page, and no longer than the table holds."""
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return False
    return len(text) <= 2000
