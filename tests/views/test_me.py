"""What is kept about oneself: said in a pupil's words, and taken along as one file."""

import io
import json
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotator.exporters import csv_file
from annotator.models import Classroom, Decision, Membership
from annotator.services.limits import EXPORT, attempt_add
from tests import factories
from tests.services.erasing import lesson
from tests.views.test_classroom import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client):
    made = lesson()
    client.force_login(made.pupil.user)
    return made


def page(client):
    """The page, without its bar."""
    response = client.get(reverse("me"))
    assert response.status_code == 200
    return text(response).split("What we keep about you", 2)[-1]


def files(client):
    """The files of the download by name."""
    response = client.get(reverse("me-file"))
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_it_says_what_is_kept_in_a_class(client, here):
    said = page(client)
    assert f"{here.canary} pseudonym" in said
    assert f"On the class list you are {here.canary} roster" in said
    assert here.pupil.code in said
    assert "3 highlights, 2 notes, in 1 reading" in said
    assert "1 question at the end, 1 warm-up sentence" in said
    assert "1 reason you wrote" in said
    assert "Nobody can read it, not even us" in said
    assert f"{here.teacher.get_full_name()} can see your name and your work" in said
    assert "No e-mail address" in said


def test_it_says_what_this_browser_keeps_beside_the_two_cookies_that_are_needed(client, here):
    said = page(client)
    for words in ("one protects your forms", "such as colours and the size of text, for a year", "not sent yet"):
        assert words in said, words


def test_no_hash_and_no_other_reader_stands_on_it(client, here):
    said = page(client)
    assert f"{here.canary}hash" not in said
    assert "Classmate" not in said


@pytest.mark.parametrize(
    ("marks", "sentence"), [(False, "Your highlights stay"), (True, "your notes and your highlights go")]
)
def test_in_the_archive_it_counts_down(client, here, marks, sentence):
    archived = timezone.now() - timedelta(days=18, hours=2)
    Classroom.objects.filter(pk=here.room.pk).update(archived_at=archived, forgets_marks=marks)
    said = page(client)
    assert "in 12 days" in said
    assert sentence in said


def test_before_that_it_says_how_long_it_will_be(client, here):
    Classroom.objects.filter(pk=here.room.pk).update(kept_days=45)
    assert "As long as the class goes on, and 45 days more" in page(client)


def test_a_pupil_who_was_removed_still_sees_what_is_kept(client, here):
    Membership.objects.filter(pk=here.pupil.pk).update(removed_at=timezone.now())
    assert "You no longer belong to it. " in page(client)


def test_a_teacher_sees_articles_and_an_address(client, here):
    here.teacher.email = "rosa@example.org"
    here.teacher.save()
    client.force_login(here.teacher)
    said = page(client)
    assert "1 article in your library" in said
    assert "rosa@example.org" in said
    assert "No e-mail address" not in said


def test_who_is_in_no_class_is_told_so(client):
    client.force_login(factories.user("amber"))
    assert "You are in no class and in no team" in page(client)


def test_a_pupil_of_twelve_can_read_it(client, here):
    # Short sentences of short words: the two things every formula of readability is made of.
    said = re.sub(r"\S*kanari\S*|\S+\.\w+", "name", page(client))
    sentences = [words for part in re.split(r"[.!?:]\s", said) if (words := re.findall(r"[^\W\d_]+", part))]
    words = [word for sentence in sentences for word in sentence]
    assert len(words) / len(sentences) < 11
    assert max(map(len, sentences)) < 35
    assert sum(len(word) for word in words) / len(words) < 4.8


def test_more_classes_cost_no_more_queries(client, here):
    def queries():
        with CaptureQueriesContext(connection) as found:
            page(client)
        return len(found)

    page(client)
    first = queries()
    for number in range(5):
        room = factories.classroom(factories.teacher(), name=f"Class {number}")
        Membership.objects.create(classroom=room, user=here.pupil.user, is_reader=True, code_number=8_000 + number)
    assert queries() == first <= 12


def test_everything_leaves_as_one_file(client, here):
    found = files(client)
    assert set(found) == {"profile.json", "spans.csv", "readings.csv"}
    spans = csv_file.decode(found["spans.csv"])
    assert {row["annotator"] for row in spans} == {here.pupil.code}
    assert [row["note"] for row in spans if row["label"] == "attribution"] == [f"{here.canary} second note"]
    [row] = csv_file.decode(found["readings.csv"])
    assert (row["annotator"], row["status"]) == (here.pupil.code, "submitted")


def test_the_profile_holds_every_word_of_the_pupil_s_and_none_of_others(client, here):
    profile = files(client)["profile.json"].decode()
    for words in (
        "account",
        "pseudonym",
        "roster",
        "ref",
        "first note",
        "second note",
        "deleted note",
        "snapshot",
        "exit",
        "reason",
    ):
        assert re.search(f"{here.canary}[ -]{words}", profile), words
    assert f"{here.canary}hash" not in profile
    assert "a classmate" not in profile
    assert json.loads(profile)["classes"][0]["lessons"][0]["exit_answer"] == f"{here.canary} exit"


def test_a_table_that_knows_people_is_known_to_the_profile_and_to_erasure(client, here):
    # Whoever adds a table with a member, a reading or a span in it decides here what becomes of it.
    about = {"user", "membership", "reading", "span"}
    found = {
        model._meta.model_name
        for model in apps.get_app_config("annotator").get_models()
        for field in model._meta.fields
        if isinstance(field, ForeignKey) and field.related_model._meta.model_name in about
    }
    assert found == {
        "article", "articledraft", "assignment", "codebook", "decision", "erasure", "exercise", "invitation",
        "membership", "participation", "reading", "rosterentry", "ruleentry", "signinlink", "snapshot", "span",
        "reason", "spanoperation", "warmupvote",
    }  # fmt: skip


def test_a_teacher_takes_along_what_was_decided_and_why(client, here):
    member = here.exercise.classroom.memberships.get(user=here.teacher)
    key = here.exercise.readings.filter(is_key=True).first() or factories.reading(
        here.exercise, member, round=0, is_key=True
    )
    label = here.exercise.codebook_version.labels.get(slug="claim")
    Decision.objects.create(
        uuid=uuid4(), key=key, kind=Decision.Kind.REJECTED, label=label, start=3, end=9, readers=2, of=5, share=50,
        member=member, made_at=factories.NOON, why="Nobody could check it.",
    )  # fmt: skip
    client.force_login(here.teacher)
    [found] = json.loads(files(client)["profile.json"])["classes"][0]["decisions"]
    assert (found["kind"], found["label"], found["start"], found["why"]) == (
        "rejected", "claim", 3, "Nobody could check it.",
    )  # fmt: skip


def test_a_formula_does_not_run(client, here):
    here.pupil.readings.get().spans.filter(label__slug="claim").update(note="=1+1")
    assert b'"\'=1+1"' in files(client)["spans.csv"]


def test_an_exercise_taken_back_to_a_draft_does_not_show_its_text(client, here):
    type(here.exercise).objects.filter(pk=here.exercise.pk).update(phase="draft", title="A secret title")
    found = b"".join(files(client).values())
    assert b"Eastquay" not in found
    assert b"A secret title" not in found


def test_a_key_is_the_class_s_and_only_its_history_leaves_with_who_made_it(client, here):
    client.force_login(here.teacher)
    found = files(client)
    assert csv_file.decode(found["spans.csv"]) == []
    [reading] = json.loads(found["profile.json"])["classes"][0]["readings"]
    assert (reading["is_key"], len(reading["history"])) == (True, 1)


def test_it_is_limited_like_any_download(client, here):
    for _number in range(EXPORT.most):
        attempt_add(limit=EXPORT, who=str(here.pupil.user.uuid))
    assert client.get(reverse("me-file")).status_code == 429


def test_names_of_files_are_ours(client, here):
    disposition = client.get(reverse("me-file"))["Content-Disposition"]
    assert disposition == 'attachment; filename="sourcewise-about-me.zip"'
