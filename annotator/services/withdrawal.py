"""Withdrawing an article because whoever owns its text asks for it: the words go, what was found in them stays."""

from collections import Counter

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.withdrawn import masked
from annotator.models import Article, ArticleDraft, Erasure, Phase, Reason, Span, User
from annotator.services.articles import search_text
from annotator.services.drafts import facts_of
from annotator.services.erasure import noted
from annotator.services.readings import whole_seconds
from annotator.services.rule_books import examples_forget

BATCH = 500
# It may be a colleague's exercise, so it is not named.
STILL_READ = gettext_noop(
    "An exercise is reading this article, or is about to. Close it, or throw the draft away, then try again."
)


@transaction.atomic
def article_withdraw(*, article: Article, by: User | None) -> Erasure | None:
    """Mask the text and each quote of it, and drop drafts that correct it. None where that was done before.

    On the cards of rule books no example from it is left.

    Offsets, tags, notes, facts and the SHA-256 of what the text was stay, and so does every figure: a mask is as long
    as what it stands for. RuleError while an exercise reads it, or is going to.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.withdrawn_at is not None:
        return None
    if locked.exercises.filter(phase__in=[Phase.DRAFT, Phase.OPEN, Phase.REVISING]).exists():
        raise RuleError(STILL_READ, code="still_read")
    locked.text = masked(locked.text)
    locked.search_text = search_text(facts_of(locked), "")
    locked.withdrawn_at = whole_seconds()
    locked.save(update_fields=["text", "search_text", "withdrawn_at"])
    drafts = ArticleDraft.objects.filter(replaces=locked).delete()[0]
    counts = Counter(characters=locked.length, spans=quotes_mask(locked), drafts=drafts, rules=examples_forget(locked))
    return noted(Erasure.Kind.ARTICLE_WITHDRAWN, by, counts)


def quotes_mask(article: Article) -> int:
    """Let each highlight and each reason quote the mask; how many highlights there are, deleted ones included."""
    reasons = list(Reason.objects.filter(article=article).only("start", "end").order_by("pk"))
    for each in reasons:
        each.quote = article.text[each.start : each.end]
    Reason.objects.bulk_update(reasons, ["quote"], batch_size=BATCH)
    spans = list(Span.objects.filter(reading__article=article).only("start", "end").order_by("pk"))
    for span in spans:
        span.quote = article.text[span.start : span.end]
    Span.objects.bulk_update(spans, ["quote"], batch_size=BATCH)
    return len(spans)
