"""Drafts: what an importer found, changed press by press, and saved once."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.utils import timezone

from annotator import access
from annotator.domain.draft_blocks import Screen, Step, blocks_read
from annotator.domain.errors import RuleError
from annotator.importers import DraftArticle, SourceBlock
from annotator.models import Article, ArticleDraft, Span
from annotator.services import articles
from annotator.services import drafts as services
from annotator.services.articles import Facts
from annotator.services.drafts import draft_add, draft_cancel, draft_change, draft_correct, draft_save, facts_of
from tests import factories

pytestmark = pytest.mark.django_db
SOURCE = DraftArticle(
    blocks=(
        SourceBlock("list_item", "Home", group="header", kept=False),
        SourceBlock("heading", "Ferry runs hourly", is_title=True),
        SourceBlock("paragraph", "It left at six. It was full."),
    ),
    title="Ferry  runs\nhourly",
    publication="Tern Bay Echo",
    author="Ilse Varga",
    published=date(2026, 3, 6),
    address="https://example.org/ferry",
    language="en",
    warnings=("One table was left out.",),
    changes={"nul": 2},
)
FACTS = Facts(title="Ferry runs hourly")


@pytest.fixture
def marit():
    return factories.teacher("marit")


@pytest.fixture
def draft(marit):
    return draft_add(owner=marit, source=SOURCE)


def seen(draft, **fields):
    """The screen of somebody who has loaded the draft as it stands."""
    return Screen(version=draft.version, **fields)


def saved(draft, **arguments):
    given = {"screen": seen(draft), "facts": FACTS, "library": access.articles_of(draft.owner)}
    return draft_save(draft=draft, **(given | arguments))


def code_of(call):
    """The refusal's code; nothing stored may differ afterwards."""
    before = (list(ArticleDraft.objects.values()), list(Article.objects.values()))
    with pytest.raises(RuleError) as caught:
        call()
    assert (list(ArticleDraft.objects.values()), list(Article.objects.values())) == before
    return caught.value.code


def texts(draft):
    draft.refresh_from_db()
    return [block.text for block in blocks_read(draft.content)]


def test_a_draft_holds_all_that_was_found(marit, draft):
    draft.refresh_from_db()
    assert [tuple(asdict(block).values()) for block in blocks_read(draft.content)] == [
        (0, "list_item", "Home", "header", False, False, True),
        (1, "heading", "Ferry runs hourly", "story", True, True, False),
        (2, "paragraph", "It left at six. It was full.", "story", True, False, False),
    ]
    assert (draft.content["warnings"], draft.content["changes"]) == (["One table was left out."], {"nul": 2})
    assert facts_of(draft) == Facts(
        "Ferry runs hourly", "Tern Bay Echo", "Ilse Varga", date(2026, 3, 6), "https://example.org/ferry", "en"
    )
    assert (draft.owner, draft.version, draft.replaces) == (marit, 1, None)


@pytest.mark.parametrize(
    ("field", "found", "kept"),
    [
        ("title", "w " * 200, "w " * 149 + "w"),
        ("publication", "p" * 201, "p" * 200),
        ("author", "a\tb\u00a0c" + "d" * 300, "a b c" + "d" * 295),
        ("address", "javascript:alert(1)", ""),
        ("address", "https://example.org/" + "x" * 2000, ""),
        ("address", "not an address", ""),
        ("language", "x" * 36, ""),
    ],
)
def test_facts_that_do_not_fit_are_cut_or_dropped(marit, field, found, kept):
    made = draft_add(owner=marit, source=DraftArticle(blocks=SOURCE.blocks, **{field: found}))
    made.refresh_from_db()
    assert getattr(made, field) == kept


def test_yesterdays_drafts_go_and_only_ones_own(marit, draft):
    others = draft_add(owner=factories.teacher(), source=SOURCE)
    fresh = draft_add(owner=marit, source=SOURCE)
    ArticleDraft.objects.filter(pk__in=[draft.pk, others.pk]).update(created_at=timezone.now() - timedelta(hours=25))
    ArticleDraft.objects.filter(pk=fresh.pk).update(created_at=timezone.now() - timedelta(hours=23))
    draft_add(owner=marit, source=SOURCE)
    assert set(ArticleDraft.objects.values_list("pk", flat=True)) >= {others.pk, fresh.pk}
    assert not ArticleDraft.objects.filter(pk=draft.pk).exists()


def test_a_press_stores_its_step_the_ticks_the_words_and_the_facts(draft):
    screen = seen(draft, kept=frozenset({0, 1}), words={1: "Ferry runs daily"})
    draft_change(draft=draft, screen=screen, step=Step(do="split", block=2, place=16), facts=Facts(title="Other"))
    draft.refresh_from_db()
    assert [(block.text, block.kept) for block in blocks_read(draft.content)] == [
        ("Home", True), ("Ferry runs daily", True), ("It left at six.", False), ("It was full.", False),
    ]  # fmt: skip
    assert (draft.version, facts_of(draft)) == (2, Facts(title="Other"))
    assert draft.content["warnings"] == ["One table was left out."]


def test_a_press_without_facts_leaves_them(draft):
    draft_change(draft=draft, screen=seen(draft), step=Step(do="leave", group=1))
    draft.refresh_from_db()
    assert draft.author == "Ilse Varga"


@pytest.mark.parametrize("version", [0, 2])
def test_a_press_on_another_state_than_the_stored_one_is_stale(draft, version):
    step = Step(do="leave", group=1)
    assert code_of(lambda: draft_change(draft=draft, screen=Screen(version=version), step=step)) == "stale"


def test_of_two_windows_the_second_is_told_and_changes_nothing(draft):
    screen = seen(draft)
    draft_change(draft=draft, screen=screen, step=Step(do="split", block=2, place=16))
    assert code_of(lambda: draft_change(draft=draft, screen=screen, step=Step(do="join", block=1))) == "stale"
    assert code_of(lambda: saved(draft, screen=screen)) == "stale"


def test_a_press_on_a_draft_thrown_away_meanwhile_is_stale(draft):
    elsewhere = ArticleDraft.objects.get(pk=draft.pk)
    draft_cancel(draft=elsewhere)
    assert code_of(lambda: draft_change(draft=draft, screen=seen(draft), step=Step(do="tick"))) == "stale"
    assert code_of(lambda: saved(draft)) == "stale"


def test_a_refused_step_stores_not_even_the_ticks(draft):
    step, screen = Step(do="split", block=2, place=0), seen(draft, kept=frozenset())
    assert code_of(lambda: draft_change(draft=draft, screen=screen, step=step)) == "no_place"


def test_a_draft_cannot_grow_without_end(draft, monkeypatch):
    monkeypatch.setattr(services, "MOST_CHARACTERS", 100)
    screen = seen(draft, words={2: "x" * 180})
    assert code_of(lambda: draft_change(draft=draft, screen=screen, step=Step(do="close", block=2))) == "too_long"


def test_a_draft_has_no_more_blocks_than_a_page_can_show(marit, draft, monkeypatch):
    monkeypatch.setattr(articles, "MOST_BLOCKS", 3)
    split = Step(do="split", block=2, place=16)
    assert code_of(lambda: draft_change(draft=draft, screen=seen(draft), step=split)) == "too_many"
    monkeypatch.setattr(articles, "MOST_BLOCKS", 2)
    assert code_of(lambda: draft_add(owner=marit, source=SOURCE)) == "too_many"


def test_saving_stores_what_the_screen_shows_and_the_draft_is_gone(marit, draft):
    article = saved(draft, screen=seen(draft, kept=frozenset({1, 2}), words={2: "It left at seven."}))
    assert (article.uuid, article.owner, article.title) == (draft.uuid, marit, "Ferry runs hourly")
    assert article.text == "Ferry runs hourly\n\nIt left at seven."
    assert [block.kind for block in article.blocks.all()] == ["heading", "paragraph"]
    assert not ArticleDraft.objects.exists()


def test_saving_twice_gives_one_article(draft):
    again = ArticleDraft.objects.get(pk=draft.pk)
    first = saved(draft)
    assert saved(again) == first
    assert Article.objects.count() == 1


def test_saving_nothing_is_refused_and_the_draft_stays(draft):
    assert code_of(lambda: saved(draft, screen=seen(draft, kept=frozenset()))) == "no_text"


def test_the_same_text_is_noticed_and_stored_again_only_when_asked(marit, draft):
    first = saved(draft)
    second = draft_add(owner=marit, source=SOURCE)
    assert code_of(lambda: saved(second)) == "twice"
    other = saved(second, is_again=True)
    assert (other.text_sha256, other.pk == first.pk) == (first.text_sha256, False)


def test_a_text_that_differs_in_one_character_is_another_text(marit, draft):
    saved(draft)
    second = draft_add(owner=marit, source=SOURCE)
    assert saved(second, screen=seen(second, words={2: "It left at six. It was full"})).pk


def test_the_same_text_of_a_stranger_is_never_mentioned(draft):
    saved(draft)
    assert saved(draft_add(owner=factories.teacher(), source=SOURCE)).pk


def test_cancelling_throws_the_draft_away_and_nothing_else(marit, draft):
    other = draft_add(owner=marit, source=SOURCE)
    draft_cancel(draft=draft)
    assert (list(ArticleDraft.objects.all()), Article.objects.count()) == ([other], 0)


def test_a_correction_is_a_new_article_that_names_the_old_one_whose_highlights_stay(marit):
    old = factories.article(marit, author="Ilse Varga", published=date(2026, 3, 6))
    room = factories.classroom(marit)
    work = factories.exercise(room, [old])
    factories.span(factories.reading(work, factories.reader(room)), 28, 50)
    text, blocks = old.text, list(old.blocks.values())

    draft = draft_correct(article=old)
    assert facts_of(draft) == facts_of(old)
    words = "The Eastquay lantern fair will be held in the market hall."
    new = saved(draft, screen=seen(draft, words={2: words}), facts=facts_of(old))

    old.refresh_from_db()
    assert (old.text, list(old.blocks.values())) == (text, blocks)
    assert Span.objects.get().quote == text[28:50]
    assert (new.replaces, new.owner) == (old, marit)
    before, after = text.split(text[blocks[1]["start"] : blocks[1]["end"]])
    assert new.text == before + words + after
    assert [block.kind for block in new.blocks.all()] == [block["kind"] for block in blocks]


@pytest.mark.parametrize("is_again", [False, True])
def test_a_correction_that_corrects_nothing_is_refused(marit, is_again):
    draft = draft_correct(article=factories.article(marit))
    assert code_of(lambda: saved(draft, is_again=is_again)) == "unchanged"


def test_a_correction_that_is_like_another_article_can_be_saved_when_asked(marit):
    factories.article(marit, text="Lantern fair moves indoors", title="Short")
    draft = draft_correct(article=factories.article(marit))
    screen = seen(draft, kept=frozenset({1}))
    assert code_of(lambda: saved(draft, screen=screen)) == "twice"
    assert saved(draft, screen=screen, is_again=True).replaces is not None


def test_correcting_again_goes_on_with_the_draft_that_is_there(marit):
    article = factories.article(marit)
    first = draft_correct(article=article)
    draft_change(draft=first, screen=seen(first), step=Step(do="leave", group=0))
    again = draft_correct(article=article)
    assert (again.pk, again.version) == (first.pk, 2)
    assert draft_correct(article=factories.article(marit)).pk != first.pk
    draft_cancel(draft=again)
    assert draft_correct(article=article).version == 1


def test_a_correction_left_for_a_day_begins_anew(marit):
    article = factories.article(marit)
    first = draft_correct(article=article)
    ArticleDraft.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert draft_correct(article=article).pk != first.pk
