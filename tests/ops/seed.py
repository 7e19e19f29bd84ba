"""Fills an installation with a class that reads: run by `manage.py shell` inside it, prints what its visitors need."""

import json

from annotator.access import member_key
from annotator.models import Phase, Step
from annotator.services.accounts import sign_in_link_add
from annotator.services.classrooms import classroom_add, member_add
from annotator.services.doors import door_of
from annotator.services.exercises import exercise_add, exercise_move
from annotator.services.lessons import exercise_step
from annotator.services.readings import reading_start
from tests import factories

TEXT = "\n\n".join(["The ferry came late, and nobody on the quay knew why. " * 12] * 12)


def fill(readers: int) -> None:
    """An open exercise with `readers` readings begun; prints, for each, what it takes to sign in and to save."""
    teacher = factories.teacher("seed-teacher")
    article = factories.article(teacher, text=TEXT, title="The ferry came late")
    room = classroom_add(teacher=teacher, name="Class 9B", kind="class", time_zone="UTC")
    version = factories.codebook()
    exercise = exercise_add(
        classroom=room, created_by=teacher, title="Who says so?", articles=[article], codebook_version=version
    )
    exercise = exercise_move(exercise=exercise, phase=Phase.OPEN)
    found = []
    for number in range(readers):
        member = member_add(classroom=room, user=factories.user(f"seed-reader-{number}"), is_reader=True)
        reading = reading_start(exercise=exercise, article=article, member=member)
        found.append(
            {
                "token": sign_in_link_add(user=member.user),
                "reading": str(reading.uuid),
                "member_key": member_key(member.user),
                "text_sha256": article.text_sha256,
                "codebook_version": str(version.uuid),
                "place": number,
            }
        )
    print(json.dumps(found))


def outboxes(seeds: int) -> None:
    """For each seed an open exercise of its own with a reader and another student; prints what their browsers need."""
    teacher = factories.teacher("seed-teacher")
    text = "\n\n".join(f"Ferry number {number} came late, and nobody on the quay knew why." for number in range(60))
    article = factories.article(teacher, text=text, title="The ferry came late")
    room = factories.classroom(teacher)
    found = []
    for _ in range(seeds):
        work = factories.exercise(room, [article])
        readings = [factories.reading(work, factories.reader(room)) for _ in range(2)]
        found.append(
            {
                "exercise": work.pk,
                "readings": [reading.pk for reading in readings],
                "addresses": [f"/readings/{reading.uuid}/" for reading in readings],
                # One to begin with, one to sign in again, and that of the other student.
                "sessions": [factories.session_of(readings[place].member.user) for place in (0, 0, 1)],
            }
        )
    print(json.dumps(found))


def lesson() -> None:
    """A class without readers whose lobby is open; prints what its teacher and its pupils need to come in."""
    teacher = factories.teacher("seed-teacher")
    article = factories.article(teacher, text=TEXT, title="The ferry came late")
    room = classroom_add(teacher=teacher, name="Class 9B", kind="class", time_zone="UTC")
    exercise = exercise_add(
        classroom=room, created_by=teacher, title="Who says so?", articles=[article],
        codebook_version=factories.codebook(),
    )  # fmt: skip
    exercise.has_warm_up = False
    exercise.save(update_fields=["has_warm_up"])
    exercise_step(exercise=exercise, step=Step.LOBBY)
    facts = {
        "token": sign_in_link_add(user=teacher), "door": door_of(classroom=room).token,
        "exercise": str(exercise.uuid), "article": str(article.uuid),
    }  # fmt: skip
    print(json.dumps(facts))
