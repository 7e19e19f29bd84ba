"""Withdrawing an article's text: no word of it is left anywhere, and no figure moves."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from annotator.domain.errors import RuleError
from annotator.exporters import csv_file
from annotator.models import AgreementRow, Article, ArticleDraft, Erasure, Exercise, Phase, Span
from annotator.reports.agreement import agreement_of_article
from annotator.reports.gradebook import grades_of
from annotator.services.agreement import agreement_refresh
from annotator.services.backups import checked
from annotator.services.drafts import draft_correct
from annotator.services.exercises import exercise_add
from annotator.services.withdrawal import article_withdraw
from tests import factories
from tests.security import world
from tests.services.erasing import bytes_on_disk, found, lesson

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S14")]
# Words that stand in the text alone, inside and outside of highlights.
WORDS = ["market hall", "Eastquay lantern", "best evening", "crowns a month"]


@pytest.fixture
def here():
    made = lesson()
    # The title of this article is the first line of its text; what an article is called may stay.
    Article.objects.update(title="A fair")
    return made


def article(here):
    return here.exercise.articles.get()


def test_no_word_of_the_text_is_left_in_any_table(here):
    draft_correct(article=article(here))
    assert all(found(word) for word in WORDS)
    article_withdraw(article=article(here), by=here.teacher)
    assert [found(word) for word in WORDS] == [[], [], [], []]
    assert not ArticleDraft.objects.exists()


def test_places_tags_notes_and_the_hash_stay(here):
    columns = ("uuid", "label", "start", "end", "note", "source_name", "deleted_at", "updated_at", "version")
    before, was = list(Span.objects.order_by("pk").values_list(*columns)), article(here)
    article_withdraw(article=article(here), by=here.teacher)
    now = article(here)
    assert list(Span.objects.order_by("pk").values_list(*columns)) == before
    assert (now.text_sha256, now.length, now.length_nonspace, now.title) == (
        was.text_sha256, was.length, was.length_nonspace, "A fair",
    )  # fmt: skip
    assert all(span.quote == now.text[span.start : span.end] for span in Span.objects.all())


def test_files_leave_the_words_blank_and_everything_else_as_it_was(here):
    before = csv_file.decode(here.spans())
    article_withdraw(article=article(here), by=here.teacher)
    after = csv_file.decode(here.spans())
    assert {row["text"] + row["prefix"] + row["suffix"] for row in after} == {""}
    blank = {"text": "", "prefix": "", "suffix": ""}
    assert after == [{**row, **blank} for row in before]


def test_figures_and_grades_stay_also_when_they_are_computed_anew(here):
    rows = list(AgreementRow.objects.values_list("summary", "readers"))
    report = repr(agreement_of_article(here.exercise, article(here)))
    grades = grades_of([here.exercise]).rows
    article_withdraw(article=article(here), by=here.teacher)
    agreement_refresh(exercise=here.exercise)
    assert list(AgreementRow.objects.values_list("summary", "readers")) == rows
    assert repr(agreement_of_article(here.exercise, article(here))) == report
    assert grades_of([here.exercise]).rows == grades


def test_twice_is_as_good_as_once(here):
    article_withdraw(article=article(here), by=here.teacher)
    before = world.fingerprint()
    assert article_withdraw(article=article(here), by=here.teacher) is None
    assert world.fingerprint() == before
    assert Erasure.objects.get().kind == "article_withdrawn"


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN, Phase.REVISING])
def test_while_an_exercise_reads_it_nothing_goes(here, phase):
    Exercise.objects.update(phase=phase)
    before = world.fingerprint()
    with pytest.raises(RuleError, match="is reading this article"):
        article_withdraw(article=article(here), by=here.teacher)
    assert world.fingerprint() == before


def test_no_new_exercise_reads_it(here):
    article_withdraw(article=article(here), by=here.teacher)
    with pytest.raises(RuleError, match="was withdrawn"):
        exercise_add(
            classroom=here.room, created_by=here.teacher, title="Again", articles=[article(here)],
            codebook_version=factories.codebook(),
        )  # fmt: skip


@pytest.mark.only("sqlite")
@pytest.mark.django_db(transaction=True)
def test_not_a_byte_is_left_in_the_file_and_a_backup_still_passes(here):
    article_withdraw(article=article(here), by=here.teacher)
    held = bytes_on_disk()
    assert [word for word in WORDS if word.encode() in held] == []
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as opened:
        assert checked(opened).rows("span") == 10
