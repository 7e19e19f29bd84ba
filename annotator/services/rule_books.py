"""Rule books: a class's decisions, written into the draft of its codebook's next version and published with it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from annotator.domain import spans as domain
from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.names import one_line
from annotator.models import (
    Article,
    Codebook,
    CodebookVersion,
    Exercise,
    Label,
    Membership,
    RuleEntry,
)
from annotator.models.rule_entries import RULE_LENGTH, rule_book_of
from annotator.services.classrooms import classroom_locked
from annotator.services.readings import whole_seconds

# A passage longer than this is no example any more: then its words alone are.
EXAMPLE_LENGTH = 500

NO_RULE = gettext_noop("Write the rule in one sentence first.")
LONG_RULE = gettext_noop("That rule is too long for a card. Use at most 300 characters.")
NO_CARD = gettext_noop("Say which card the rule belongs to.")
NO_LABEL = gettext_noop("The rule book has no such tag any more. Reload the page, then choose another card.")
SAME_RULE = gettext_noop("The card of “%(name)s” says that already. Write what is new.")
SENT_ELSEWHERE = gettext_noop("This form was sent from another exercise already. Reload the page, then write it again.")
GONE_WORDS = gettext_noop("The text of “%(title)s” was withdrawn, so it gives no example. Choose “No example”.")
IS_PUBLISHED = gettext_noop(
    "Version %(number)d is published, and published versions never change. Write a rule that says it better."
)
NOTHING_NEW = gettext_noop("There is no rule in this draft yet. Write one first, then publish it.")


@dataclass(frozen=True, slots=True)
class Example:
    """text[start:end] of an article, and the sentence around it, text[first:last], in code points."""

    article: Article
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What a form says: the rule, and on which cards it stands under "in" and under "out", by slug."""

    uuid: UUID
    text: str
    includes: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    example: Example | None = None


@transaction.atomic
def rule_write(*, exercise: Exercise, member: Membership, rule: Rule) -> RuleEntry:
    """Add a rule to the draft of the codebook's next version, which is made if there is none.

    The same `rule.uuid` again answers as the first time. RuleError where the rule or its card makes no sense: then
    nothing is saved.
    """
    classroom_locked(exercise.classroom)
    before = RuleEntry.objects.filter(uuid=rule.uuid).first()
    if before is not None:
        if before.exercise_id != exercise.pk:
            raise RuleError(SENT_ELSEWHERE, code="sent_elsewhere")
        return before
    text = checked_text(rule.text)
    if not rule.includes and not rule.excludes:
        raise RuleError(NO_CARD, code="no_card")
    quote = quoted(rule.example)
    draft = draft_held(exercise, member)
    for side in ("include", "exclude"):
        write_on_cards(draft, side, text, rule)
    example = rule.example
    return RuleEntry.objects.create(
        uuid=rule.uuid, version=draft, includes=list(rule.includes), excludes=list(rule.excludes), text=text,
        quote=quote, article=example.article if example else None, start=example.start if example else None,
        end=example.end if example else None, exercise=exercise, member=member, made_at=whole_seconds(),
    )  # fmt: skip


@transaction.atomic
def rule_take_back(*, entry: RuleEntry) -> RuleEntry:
    """Take a rule off the cards of a draft, which then say what they said before; twice is as good as once.

    RuleError once the version is published.
    """
    version = version_held(entry.version)
    locked = RuleEntry.objects.select_for_update().get(pk=entry.pk)
    if locked.taken_back_at is not None:
        return locked
    if version.published_at is not None:
        raise RuleError(IS_PUBLISHED, code="is_published", number=version.number)
    for label in labels_held(version, {*locked.includes, *locked.excludes}).values():
        side = "include" if label.slug in locked.includes else "exclude"
        setattr(label, side, [each for each in getattr(label, side) if each != locked.text])
        label.examples = [each for each in label.examples if not is_of(each, locked)]
        label.save(update_fields=[side, "examples"])
    locked.taken_back_at = whole_seconds()
    locked.save(update_fields=["taken_back_at"])
    return locked


@transaction.atomic
def version_publish(*, version: CodebookVersion) -> CodebookVersion:
    """From now on the version may be chosen for exercises, and nothing in it changes; published already, it stays so.

    RuleError for a draft without a rule.
    """
    held = version_held(version)
    if held.published_at is not None:
        return held
    if not held.rule_entries.standing().exists():
        raise RuleError(NOTHING_NEW, code="nothing_new")
    held.published_at = whole_seconds()
    held.save(update_fields=["published_at"])
    return held


def checked_text(typed: str) -> str:
    """The rule on one line; RuleError where nothing is left or too much."""
    text = one_line(typed)
    if not text:
        raise RuleError(NO_RULE, code="no_rule")
    if len(text) > RULE_LENGTH:
        raise RuleError(LONG_RULE, code="long_rule")
    return text


def quoted(example: Example | None) -> str:
    """The example's words, as the stored text has them. RuleError where they are gone, or not there."""
    if example is None:
        return ""
    article = Article.objects.select_for_update().get(pk=example.article.pk)
    if article.withdrawn_at is not None:
        raise RuleError(GONE_WORDS, code="withdrawn", title=article.title)
    return domain.quote(article.text, example.start, example.end)


def draft_held(exercise: Exercise, member: Membership) -> CodebookVersion:
    """The draft a rule of this exercise goes into, its codebook's row held."""
    book = rule_book_of(exercise)
    if book is None:
        return first_draft(exercise, member)
    Codebook.objects.select_for_update().get(pk=book.pk)
    newest = book.versions.latest("number")
    return newest if newest.published_at is None else copied(newest, book, newest.title)


def first_draft(exercise: Exercise, member: Membership) -> CodebookVersion:
    """A copy of the app's own codebook for this class; whoever writes its first rule owns it."""
    used = exercise.codebook_version
    taken = set(Codebook.objects.filter(owner=member.user).values_list("slug", flat=True))
    base, number = used.codebook.slug[:50], 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    book = Codebook.objects.create(slug=slug, owner=member.user, created_at=whole_seconds())
    return copied(used, book, f"{used.title}, {exercise.classroom.name}")


def copied(parent: CodebookVersion, book: Codebook, title: str) -> CodebookVersion:
    """The draft of the version after `parent`, with its settings and labels. Ids of labels are the same for good."""
    draft = CodebookVersion.objects.create(
        codebook=book, number=parent.number + 1, parent=parent, title=title[:150], language=parent.language,
        overlap=parent.overlap, quoted_opinion=parent.quoted_opinion, decision_order=parent.decision_order,
        attributes=parent.attributes, created_at=whole_seconds(),
    )  # fmt: skip
    labels = list(parent.labels.order_by("position"))
    for label in labels:
        label.pk, label._state.adding, label.version = None, True, draft
    Label.objects.bulk_create(labels)
    return draft


def version_held(version: CodebookVersion) -> CodebookVersion:
    """The version as it stands now, its codebook's row held: whoever writes into a draft or publishes it holds that."""
    Codebook.objects.select_for_update().get(pk=version.codebook_id)
    return CodebookVersion.objects.get(pk=version.pk)


def labels_held(version: CodebookVersion, slugs: Iterable[str]) -> dict[str, Label]:
    """Labels of a version by slug, held."""
    rows = Label.objects.select_for_update().filter(version=version, slug__in=set(slugs)).order_by("pk")
    return {label.slug: label for label in rows}


def write_on_cards(draft: CodebookVersion, side: str, text: str, rule: Rule) -> None:
    """Write the rule on one side of its cards, with its example."""
    slugs = rule.includes if side == "include" else rule.excludes
    labels = labels_held(draft, slugs)
    for slug in slugs:
        label = labels.get(slug)
        if label is None or label.is_retired:
            raise RuleError(NO_LABEL, code="no_label")
        if text in label.include or text in label.exclude:
            raise RuleError(SAME_RULE, code="same_rule", name=label.name)
        setattr(label, side, [*getattr(label, side), text])
        if rule.example is not None:
            label.examples = [*label.examples, on_card(rule.example, text, is_in=side == "include")]
        label.save(update_fields=[side, "examples"])


def on_card(example: Example, rule: str, *, is_in: bool) -> dict[str, object]:
    """The example in the form the cards have; `article` is what it goes by if the article must go."""
    text = example.article.text
    words = text[example.start : example.end]
    around = text[example.first : example.last].strip()
    shown = around if words in around and len(around) <= EXAMPLE_LENGTH else words
    return {"text": shown, "marks": [words] if is_in else [], "rule": rule, "article": str(example.article.uuid)}


def is_of(example: dict[str, object], entry: RuleEntry) -> bool:
    """Whether an example on a card came with this rule; a card says no rule twice."""
    return entry.article is not None and (example.get("rule"), example.get("article")) == (
        entry.text, str(entry.article.uuid),
    )  # fmt: skip


def examples_forget(article: Article) -> int:
    """Take an article's words off every card of every version, and mask them in the rules; how many rules.

    `article` has its mask already. The rules themselves are their class's own words, and stay.
    """
    for label in Label.objects.filter(version__codebook__owner__isnull=False).order_by("pk"):
        kept = [each for each in label.examples if each.get("article") != str(article.uuid)]
        if len(kept) != len(label.examples):
            label.examples = kept
            label.save(update_fields=["examples"])
    entries = list(RuleEntry.objects.filter(article=article).select_for_update().order_by("pk"))
    for entry in entries:
        entry.quote = article.text[entry.start : entry.end]
    RuleEntry.objects.bulk_update(entries, ["quote"], batch_size=500)
    return len(entries)


def rules_remove(exercises: QuerySet[Exercise]) -> tuple[Counter[str], list[int]]:
    """Delete the rules of exercises that go; how many, and the codebooks that may have lost their reason to be."""
    entries = RuleEntry.objects.filter(exercise__in=exercises)
    books = set(entries.values_list("version__codebook", flat=True))
    return Counter(rules=entries.delete()[0]), sorted(books)


def books_remove(books: Iterable[int]) -> int:
    """Delete those of some copies of the app's codebook that no exercise uses and no class writes into; how many."""
    is_used = Q(versions__exercises__isnull=False) | Q(versions__rule_entries__isnull=False)
    copies = CodebookVersion.objects.filter(parent__codebook__owner=None, codebook__in=list(books))
    idle = Codebook.objects.filter(pk__in=copies.exclude(parent=None).values("codebook"), owner__isnull=False)
    gone = [book.pk for book in idle.exclude(pk__in=Codebook.objects.filter(is_used).values("pk"))]
    outside = CodebookVersion.objects.filter(parent__codebook__in=gone).exclude(codebook__in=gone)
    gone = sorted(set(gone) - set(outside.values_list("parent__codebook", flat=True)))
    Label.objects.filter(version__codebook__in=gone).delete()
    versions = CodebookVersion.objects.filter(codebook__in=gone)
    versions.update(parent=None)
    versions.delete()
    return Codebook.objects.filter(pk__in=gone).delete()[0]
