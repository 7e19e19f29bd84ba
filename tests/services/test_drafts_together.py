"""Two windows at once: one press wins, one article is stored, one reading begun."""

import pytest

from annotator import access
from annotator.domain.draft_blocks import Screen, Step
from annotator.domain.errors import RuleError
from annotator.importers import DraftArticle, SourceBlock
from annotator.models import Article, ArticleDraft, Block, Classroom, Exercise, Reading, User
from annotator.services.articles import Facts
from annotator.services.drafts import draft_add, draft_change, draft_correct, draft_save
from annotator.services.reading_alone import reading_alone_start
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)
SOURCE = DraftArticle(blocks=(SourceBlock("paragraph", "It left at six. It was full."),), title="Ferry")


@pytest.fixture
def marit():
    return factories.teacher("marit")


def code_of(call):
    """What a call was refused for, or nothing."""
    try:
        call()
    except RuleError as error:
        return error.code
    return ""


def test_of_ten_presses_on_one_screen_one_is_made(marit):
    draft = draft_add(owner=marit, source=SOURCE)

    def press():
        own = ArticleDraft.objects.get(pk=draft.pk)
        step = Step(do="split", block=0, place=16)
        return code_of(lambda: draft_change(draft=own, screen=Screen(version=1), step=step))

    assert sorted(together([press] * 10)) == ["", *["stale"] * 9]
    draft.refresh_from_db()
    assert (draft.version, len(draft.content["blocks"])) == (2, 2)


def test_ten_windows_that_save_one_draft_get_one_article(marit):
    draft = draft_add(owner=marit, source=SOURCE)

    def save():
        own = ArticleDraft(pk=draft.pk, uuid=draft.uuid, owner=User.objects.get(pk=marit.pk))
        arguments = {"screen": Screen(version=1), "facts": Facts(title="Ferry")}
        return draft_save(draft=own, library=access.articles_of(own.owner), **arguments).pk

    assert len(set(together([save] * 10))) == 1
    assert (Article.objects.count(), Block.objects.count(), ArticleDraft.objects.count()) == (1, 1, 0)


def test_ten_corrections_begun_at_once_are_one(marit):
    article = factories.article(marit)
    keys = together([lambda: draft_correct(article=Article.objects.get(pk=article.pk)).pk] * 10)
    assert len(set(keys)) == 1


def test_ten_presses_on_read_it_now_begin_one_reading(marit):
    # Tests that commit empty every table behind them, the codebook of the migration included.
    factories.codebook()
    article = factories.article(marit)
    keys = together([lambda: reading_alone_start(user=marit, article=article).pk] * 10)
    assert len(set(keys)) == 1
    assert (Classroom.objects.count(), Exercise.objects.count(), Reading.objects.count()) == (1, 1, 1)
