"""Articles stored, described and deleted: the text goes in once, whole, and nothing here changes it again."""

import hashlib
import uuid
from datetime import date

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Article, Block, Phase, Span
from annotator.services import articles as services
from annotator.services.articles import Facts, article_delete, article_describe, article_store
from tests import factories

pytestmark = pytest.mark.django_db
BLOCKS = [
    ("heading", "Ferry runs hourly"),
    ("paragraph", "“It was full,” said Dr. Varga. Some 4,100\u00a0people crossed. 👩‍👩‍👧"),
    ("list_item", "  © 2026 The Eastquay Lantern\n"),
    ("paragraph", " \n "),
]
TEXT = (
    "Ferry runs hourly\n\n“It was full,” said Dr. Varga. Some 4,100\u00a0people crossed. 👩‍👩‍👧"
    "\n\n© 2026 The Eastquay Lantern"
)
FACTS = Facts("Ferry", "Tern Bay Écho", "Ilse Varga", date(2026, 3, 6), "https://example.org/ferry", "fr")


@pytest.fixture
def marit():
    return factories.teacher("marit")


def refusal(function, **arguments):
    before = (list(Article.objects.values()), list(Block.objects.values()))
    with pytest.raises(RuleError) as caught:
        function(**arguments)
    assert (list(Article.objects.values()), list(Block.objects.values())) == before
    return caught.value.code


def test_an_article_is_its_blocks_joined_and_counted(marit):
    stored = article_store(owner=marit, title="Ferry", blocks=BLOCKS)
    stored.refresh_from_db()
    assert (stored.text, stored.length, stored.word_count) == (TEXT, len(TEXT), 17)
    assert stored.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert stored.length_nonspace == len("".join(TEXT.split()))
    assert (stored.owner, stored.replaces, stored.is_sample, stored.deleted_at) == (marit, None, False, None)


def test_every_block_is_its_range_of_the_text_with_its_sentences(marit):
    stored = article_store(owner=marit, title="Ferry", blocks=BLOCKS)
    found = [
        (
            block.number,
            block.kind,
            TEXT[block.start : block.end],
            [TEXT[place : place + 5] for place in block.sentences],
        )
        for block in stored.blocks.all()
    ]
    assert found == [
        (1, "heading", "Ferry runs hourly", ["Ferry"]),
        (2, "paragraph", BLOCKS[1][1], ["“It w", "Some ", "👩‍👩‍👧"]),
        (3, "list_item", "© 2026 The Eastquay Lantern", ["© 202"]),
    ]


def test_what_is_known_is_stored_and_searched(marit):
    stored = article_store(owner=marit, blocks=BLOCKS, title="Ferry", author="Ilse Varga", publication="Tern Bay Écho")
    assert stored.search_text.startswith("ferry\ntern bay echo\nilse varga\nferry runs hourly\n")
    assert '"it was full," said dr. varga. some 4,100 people' in stored.search_text


def test_a_given_uuid_names_the_article(marit):
    name = uuid.uuid4()
    assert article_store(owner=marit, title="Ferry", blocks=BLOCKS, uuid=name).uuid == name


@pytest.mark.parametrize("blocks", [[], [("paragraph", " \u00a0\n")]], ids=["none", "blank"])
def test_an_article_without_text_is_refused(marit, blocks):
    assert refusal(article_store, owner=marit, title="Ferry", blocks=blocks) == "no_text"


def test_an_article_holds_a_million_characters_and_not_one_more(marit, monkeypatch):
    assert services.MOST_CHARACTERS == 1_000_000
    monkeypatch.setattr(services, "MOST_CHARACTERS", 13)
    assert article_store(owner=marit, title="Ferry", blocks=[("paragraph", " 👩 at the fair ")]).length == 13
    assert refusal(article_store, owner=marit, title="Ferry", blocks=[("paragraph", "👩 at the fair!")]) == "too_long"


def test_an_article_has_no_more_blocks_than_a_page_can_show(marit, monkeypatch):
    assert services.MOST_BLOCKS == 5_000
    monkeypatch.setattr(services, "MOST_BLOCKS", 3)
    assert article_store(owner=marit, title="Ferry", blocks=BLOCKS).blocks.count() == 3
    assert refusal(article_store, owner=marit, title="Ferry", blocks=[*BLOCKS, ("paragraph", "More")]) == "too_many"


def test_describing_changes_what_is_known_and_never_the_text(marit):
    stored = article_store(owner=marit, title="Old title", blocks=BLOCKS)
    blocks = list(stored.blocks.values())
    article_describe(article=stored, facts=FACTS)
    stored.refresh_from_db()
    assert (stored.title, stored.publication, stored.author) == ("Ferry", "Tern Bay Écho", "Ilse Varga")
    assert (stored.published, stored.address, stored.language) == (FACTS.published, FACTS.address, "fr")
    assert stored.search_text.startswith("ferry\ntern bay echo\nilse varga\nferry runs hourly\n")
    assert (stored.text, list(stored.blocks.values())) == (TEXT, blocks)


def test_describing_an_article_that_was_deleted_meanwhile_does_not_bring_it_back(marit):
    stored = article_store(owner=marit, title="Old title", blocks=BLOCKS)
    open_elsewhere = Article.objects.get(pk=stored.pk)
    article_delete(article=stored)
    article_describe(article=open_elsewhere, facts=FACTS)
    stored.refresh_from_db()
    assert stored.deleted_at is not None


def test_deleting_hides_the_article_and_keeps_every_row(marit):
    stored = article_store(owner=marit, title="Ferry", blocks=BLOCKS)
    article_delete(article=stored)
    stored.refresh_from_db()
    assert (stored.deleted_at.microsecond, stored.text, stored.blocks.count()) == (0, TEXT, 3)
    assert not Article.objects.in_library_of(marit).exists()


def test_deleting_twice_keeps_the_first_time(marit):
    stored = factories.article(marit, deleted_at=factories.NOON)
    article_delete(article=stored)
    stored.refresh_from_db()
    assert stored.deleted_at == factories.NOON


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != Phase.ARCHIVED])
def test_an_article_in_use_cannot_be_deleted(marit, phase):
    stored = factories.article(marit)
    factories.exercise(factories.classroom(marit), [stored], phase=phase)
    assert refusal(article_delete, article=stored) == "in_use"


def test_an_article_of_archived_exercises_can_be_deleted_and_its_highlights_stay(marit):
    stored = factories.article(marit)
    room = factories.classroom(marit)
    work = factories.exercise(room, [stored], phase=Phase.ARCHIVED)
    factories.span(factories.reading(work, factories.reader(room)), 28, 50)
    article_delete(article=stored)
    assert Span.objects.get().quote == stored.text[28:50]
