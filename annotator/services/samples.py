"""The sample class: four articles and eight invented readers, added once and taken away with one press."""

import json
from datetime import date
from pathlib import Path
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Article, Classroom, Exercise, Membership, Phase, Reading, Snapshot, User
from annotator.services.articles import article_store
from annotator.services.classrooms import classroom_add, member_add
from annotator.services.codebooks import default_version
from annotator.services.erasure import list_remove
from annotator.services.exercises import exercise_add, exercise_move
from annotator.services.readings import whole_seconds
from annotator.services.removal import readings_remove
from annotator.services.rule_books import books_remove, rules_remove
from annotator.services.sample_readings import Timetable, key_write, reading_write, timetable

FOLDER = Path(__file__).resolve().parent.parent / "samples"
ARTICLES = ("night_bus", "dam_rumour", "bin_app", "ferry_parrot")

ALREADY = gettext_noop("You have the sample class already. Remove it first to get a fresh one.")
SOMEBODY_READ = gettext_noop(
    "Somebody else has read in the sample class, so it stays. You can put the class into the archive instead."
)
OWN_EXERCISE = gettext_noop(
    "You made an exercise of your own in the sample class, so it stays. You can put the class into the archive instead."
)


def samples_are_there(teacher: User) -> bool:
    """Whether this teacher has the sample class, or any of its articles."""
    return sample_rooms(teacher).exists() or sample_articles(teacher).exists()


@transaction.atomic
def samples_add(*, teacher: User) -> None:
    """Give `teacher` the articles, the class with its readers, an exercise already revealed and one to try."""
    teacher = User.objects.select_for_update().get(pk=teacher.pk)
    if samples_are_there(teacher):
        raise RuleError(ALREADY, code="already")
    articles = {name: article_add(teacher, name) for name in ARTICLES}
    room = classroom_add(teacher=teacher, name=_("Sample class"), kind=Classroom.Kind.CLASS, time_zone="UTC")
    Classroom.objects.filter(pk=room.pk).update(is_sample=True)
    read, tried = content("night_bus_readings"), content("ferry_parrot_readings")
    members = readers_add(room, read["readers"])
    own = member_add(classroom=room, user=teacher, is_reader=True, is_teacher=True)
    times = timetable()
    revealed_add(teacher, room, articles["night_bus"], members, own, read, times)
    open_add(teacher, room, articles["ferry_parrot"], members, tried, times)
    Membership.objects.filter(classroom=room).update(joined_at=times.begun)
    Classroom.objects.filter(pk=room.pk).update(created_at=times.begun)


def content(name: str) -> Any:
    """One file of samples/."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def article_add(teacher: User, name: str) -> Article:
    """One sample article in the teacher's library."""
    facts = content(name)
    blocks = [(kind, text) for kind, text in facts.pop("blocks")]
    return article_store(
        owner=teacher, blocks=blocks, is_sample=True, published=date.fromisoformat(facts.pop("published")), **facts
    )


def readers_add(room: Classroom, readers: list[dict[str, Any]]) -> dict[str, Membership]:
    """The invented readers by pseudonym; nobody can sign in as one. Codes are dealt in random order."""
    dealt = SystemRandom().sample(readers, len(readers))
    members = {}
    for reader in dealt:
        username = f"sample-{room.uuid.hex[:8]}-{reader['pseudonym'].lower().replace(' ', '-')}"
        user = User.objects.create_user(
            username, None, name=reader["name"], is_sample=True, date_joined=whole_seconds()
        )
        members[reader["pseudonym"]] = member_add(
            classroom=room, user=user, is_reader=True, pseudonym=reader["pseudonym"]
        )
    return members


def revealed_add(
    teacher: User, room: Classroom, article: Article, members: dict[str, Membership], own: Membership,
    read: dict[str, Any], times: Timetable,
) -> None:  # fmt: skip
    """The exercise that the class has read, closed and revealed, with the teacher's key."""
    exercise = exercise_of(teacher, room, article, _("Who says so? The night bus"))
    key_write(exercise=exercise, article=article, member=own, entry=read["key"], begins=times.key)
    exercise = exercise_move(exercise=exercise, phase=Phase.OPEN)
    for place, entry in enumerate(read["readers"]):
        begins = times.opened + place * times.step
        reading_write(
            exercise=exercise, article=article, member=members[entry["pseudonym"]], entry=entry, begins=begins
        )
    exercise = exercise_move(exercise=exercise, phase=Phase.CLOSED)
    Reading.objects.filter(exercise=exercise, state="collected").update(submitted_at=times.closed)
    exercise = exercise_move(exercise=exercise, phase=Phase.REVEALED)
    Exercise.objects.filter(pk=exercise.pk).update(
        created_at=times.begun, opened_at=times.opened, closed_at=times.closed, revealed_at=times.revealed
    )
    taken = Snapshot.objects.filter(reading__exercise=exercise, state="collected")
    taken.update(made_at=times.revealed)


def open_add(
    teacher: User, room: Classroom, article: Article, members: dict[str, Membership], tried: dict[str, Any],
    times: Timetable,
) -> None:  # fmt: skip
    """The exercise to try: some of the class have read it already, and the teacher reads too."""
    exercise = exercise_of(teacher, room, article, _("Try it yourself: the parrot on the ferry"))
    exercise = exercise_move(exercise=exercise, phase=Phase.OPEN)
    for place, entry in enumerate(tried["readers"]):
        begins = times.reopened + place * times.step
        reading_write(
            exercise=exercise, article=article, member=members[entry["pseudonym"]], entry=entry, begins=begins
        )
    Exercise.objects.filter(pk=exercise.pk).update(created_at=times.reopened, opened_at=times.reopened)


def exercise_of(teacher: User, room: Classroom, article: Article, title: str) -> Exercise:
    """A draft exercise of the sample class."""
    exercise = exercise_add(
        classroom=room, created_by=teacher, title=title, articles=[article], codebook_version=default_version()
    )
    Exercise.objects.filter(pk=exercise.pk).update(is_sample=True)
    return exercise


@transaction.atomic
def samples_remove(*, teacher: User) -> None:
    """Take all of it away, the teacher's own tries included; RuleError where somebody else's work hangs on it.

    Articles that another exercise uses, or that were corrected, become the teacher's own and stay in the library.
    """
    rooms = list(sample_rooms(teacher).select_for_update().order_by("pk"))
    exercises = Exercise.objects.filter(classroom__in=rooms)
    readings = Reading.objects.filter(exercise__in=exercises)
    check_removable(teacher, exercises, readings)
    readings_remove(readings)
    _rules, books = rules_remove(exercises)
    exercises.delete()
    books_remove(books)
    members = Membership.objects.filter(classroom__in=rooms)
    invented = list(User.objects.filter(is_sample=True, memberships__in=members).values_list("pk", flat=True))
    for room in rooms:
        list_remove(room)
    members.delete()
    Classroom.objects.filter(pk__in=[room.pk for room in rooms]).delete()
    User.objects.filter(pk__in=invented).delete()
    used = Q(places__isnull=False) | Q(replaced_by__isnull=False)
    sample_articles(teacher).filter(pk__in=sample_articles(teacher).filter(used).values("pk")).update(is_sample=False)
    sample_articles(teacher).delete()


def check_removable(teacher: User, exercises: QuerySet[Exercise], readings: QuerySet[Reading]) -> None:
    """Refuse where somebody else has read, or where the class has an exercise that is not the sample's own."""
    people = Q(member__user__is_sample=True) | Q(member__user=teacher)
    if readings.exclude(people).exists():
        raise RuleError(SOMEBODY_READ, code="somebody_read")
    if exercises.filter(is_sample=False).exists():
        raise RuleError(OWN_EXERCISE, code="own_exercise")


def sample_rooms(teacher: User) -> QuerySet[Classroom]:
    """The sample class that this teacher teaches."""
    taught = Membership.objects.filter(user=teacher, is_teacher=True)
    return Classroom.objects.filter(is_sample=True, memberships__in=taught)


def sample_articles(teacher: User) -> QuerySet[Article]:
    """The teacher's articles that came with the sample class, in the library or deleted."""
    return Article.objects.filter(owner=teacher, is_sample=True)
