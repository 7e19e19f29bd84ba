"""Grades on the screen and as files: names only where they are asked for, and nothing while an exercise is blind."""

import pytest
from django.urls import reverse

from annotator.exporters import csv_file, gradebook_csv
from annotator.models import Exercise, Phase, RosterEntry
from annotator.reports.export_columns import gradebook_columns
from annotator.services.limits import EXPORT, attempt_add
from tests import factories
from tests.services.erasing import lesson
from tests.views.test_classroom import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client):
    made = lesson()
    client.force_login(made.teacher)
    return made


def exercise_file(client, here, **asked):
    return client.get(reverse("exercise-grades-file", args=[here.exercise.uuid]), asked)


def test_the_table_says_who_did_what(client, here):
    said = text(client.get(reverse("exercise-grades", args=[here.exercise.uuid])))
    assert "Not for the projector." in said
    assert f"{here.canary} roster {here.pupil.code} handed in" in said
    # The key has 19 letters; hers are 20, all of the key among them, and 26 of another tag: 2 * 19 / (19 + 46).
    assert f"Classmate 1 {here.classmates[0].code} handed in 0 1 1 0 0 0.58 10" in said
    assert "2 students have no number on the class list and are left out" in said


def test_the_column_has_a_line_for_each_in_the_order_of_the_list(client, here):
    RosterEntry.objects.create(classroom=here.room, position=0, name="Zoe", member=here.classmates[1])
    here.classmates[1].readings.update(state="collected")
    content = client.get(reverse("exercise-grades", args=[here.exercise.uuid])).content.decode()
    assert content.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0] == "0\n10\n10"


def test_names_stand_in_the_file_where_they_are_asked_for_and_only_there(client, here):
    rows = csv_file.decode(exercise_file(client, here, file="gradebook.csv").content)
    assert {row["name"] + row["student_ref"] + row["section"] for row in rows} == {""}
    named = csv_file.decode(exercise_file(client, here, file="gradebook.csv", names="1").content)
    [row] = [row for row in named if row["annotator"] == here.pupil.code]
    assert (row["name"], row["student_ref"], row["section"]) == (
        f"{here.canary} roster", f"{here.canary} ref", here.canary,
    )  # fmt: skip
    assert [row["annotator"] for row in rows] == sorted(row["annotator"] for row in rows)


def test_a_name_that_is_a_formula_does_not_run(client, here):
    RosterEntry.objects.update(name="=1+1", student_ref="@x", section="-2")
    content = exercise_file(client, here, file="gradebook.csv", names="1").content.decode()
    assert '"\'=1+1","\'@x","\'-2"' in content
    assert '"\'@x"' in exercise_file(client, here, file="moodle.csv").content.decode()


def test_moodle_s_file_names_nobody_but_by_number(client, here):
    response = exercise_file(client, here, file="moodle.csv")
    assert response["Cache-Control"] == "no-store"
    [row] = csv_file.decode(response.content)
    assert row["ID number"] == f"{here.canary} ref"
    assert row["Grade"] == "10"
    assert row["Feedback"] == "Handed in. Match with the key: 0.59 of 1."
    assert "roster" not in response.content.decode()


def test_excel_gets_its_mark(client, here):
    assert exercise_file(client, here, file="gradebook.csv", excel="1").content.startswith("\ufeff".encode())
    assert exercise_file(client, here, file="gradebook.csv").content.startswith(b'"annotator"')


def test_a_class_s_file_leaves_out_what_is_blind(client, here):
    other = factories.exercise(here.room, [here.exercise.articles.get()], phase=Phase.OPEN, title="Still blind")
    page = text(client.get(reverse("classroom-grades", args=[here.room.uuid])))
    assert "Who says so?" in page
    assert "Still blind" not in page
    address = reverse("classroom-grades-file", args=[here.room.uuid])
    rows = csv_file.decode(client.get(address, {"file": "gradebook.csv"}).content)
    assert {row["exercise"] for row in rows} == {str(here.exercise.uuid)}
    assert len(rows) == 3
    assert other.is_blind


@pytest.mark.parametrize("name", ["exercise-grades", "exercise-grades-file"])
def test_while_it_is_blind_the_page_says_when_it_opens(client, here, name):
    Exercise.objects.update(phase=Phase.OPEN)
    response = client.get(reverse(name, args=[here.exercise.uuid]), {"file": "gradebook.csv"})
    assert response.status_code == 403
    assert "Grades open when you close the reading" in text(response)


@pytest.mark.parametrize("file", ["", "spans.csv", "../x"])
def test_there_is_no_other_file(client, here, file):
    assert exercise_file(client, here, file=file).status_code == 422


def test_it_is_limited_like_any_download(client, here):
    for _number in range(EXPORT.most):
        attempt_add(limit=EXPORT, who=str(here.teacher.uuid))
    assert exercise_file(client, here, file="gradebook.csv").status_code == 429


def test_every_column_is_explained_on_the_page():
    explained = [name for column in gradebook_columns() for name in column.name.split(", ")]
    assert sorted(explained) == sorted(gradebook_csv.columns(["<label>"]))
