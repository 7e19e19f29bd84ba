"""Plain functions that make people, articles and exercises for tests, through the services where they exist."""

import hashlib
import itertools
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from annotator.domain.folding import folded
from annotator.models import (
    Article,
    Block,
    Classroom,
    CodebookVersion,
    Exercise,
    ExerciseArticle,
    Membership,
    Phase,
    Reading,
    Span,
    User,
)

NOON = datetime(2026, 3, 9, 12, 0, 0, tzinfo=UTC)
TEXT = (
    "Lantern fair moves indoors\n\n"
    "The Eastquay lantern fair will be held in the market hall, the council said on Monday. "
    "Some 900 visitors came last year.\n\n"
    "It was the best evening of the winter.\n\n"
    "Keep the Lantern free for everyone: give 3 crowns a month."
)
numbers = itertools.count(1)


def user(name: str = "", **fields: object) -> User:
    """A person without a password."""
    username = name or f"person{next(numbers)}"
    return User.objects.create_user(username, None, name=username.title(), **fields)


def session_of(user: User) -> str:
    """A session of this person's, as signing in makes one; its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def teacher(name: str = "", **fields: object) -> User:
    """A teacher."""
    return user(name, is_teacher=True, **fields)


def article(owner: User, *, text: str = TEXT, title: str = "Lantern fair moves indoors", **fields: object) -> Article:
    """An article whose blocks are its paragraphs, each block one sentence to its end."""
    made = Article.objects.create(
        owner=owner,
        title=title,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        length=len(text),
        length_nonspace=sum(not c.isspace() for c in text),
        word_count=len(text.split()),
        search_text=folded("\n".join([title, fields.get("publication", ""), fields.get("author", ""), text])),
        **fields,
    )
    start = 0
    for number, part in enumerate(text.split("\n\n"), 1):
        kind = Block.Kind.HEADING if number == 1 else Block.Kind.PARAGRAPH
        Block.objects.create(
            article=made, number=number, kind=kind, start=start, end=start + len(part), sentences=[start]
        )
        start += len(part) + 2
    return made


def codebook() -> CodebookVersion:
    """The default codebook."""
    return CodebookVersion.objects.get(codebook__slug="sourcewise-news", number=1)


def classroom(owner: User, *, name: str = "Class 9B", kind: str = Classroom.Kind.CLASS) -> Classroom:
    """A classroom taught by `owner`."""
    made = Classroom.objects.create(name=name, kind=kind)
    Membership.objects.create(classroom=made, user=owner, is_teacher=True)
    return made


def reader(room: Classroom, name: str = "", **fields: object) -> Membership:
    """A new person who reads in `room`."""
    return Membership.objects.create(
        classroom=room, user=user(name), is_reader=True, code_number=next(numbers) + 1000, **fields
    )


def exercise(
    room: Classroom, articles: Sequence[Article], *, phase: str = Phase.OPEN, title: str = "Who says so?"
) -> Exercise:
    """An exercise standing in `phase`."""
    made = Exercise.objects.create(
        classroom=room,
        codebook_version=codebook(),
        created_by=room.memberships.filter(is_teacher=True).first().user,
        title=title,
        phase=phase,
        opened_at=None if phase == Phase.DRAFT else NOON,
    )
    for position, each in enumerate(articles, 1):
        ExerciseArticle.objects.create(exercise=made, article=each, position=position)
    return made


def reading(work: Exercise, member: Membership, *, text: Article | None = None, **fields: object) -> Reading:
    """A reading of the exercise's first article, or of `text`."""
    return Reading.objects.create(exercise=work, article=text or work.articles.first(), member=member, **fields)


def span(of: Reading, start: int, end: int, label: str = "claim", **fields: object) -> Span:
    """A highlight, written past the service: for tests about what is shown, not about saving."""
    of.last_number += 1
    of.save(update_fields=["last_number"])
    return Span.objects.create(
        uuid=fields.pop("uuid", uuid.uuid4()),
        reading=of,
        number=of.last_number,
        label=of.exercise.codebook_version.labels.get(slug=label),
        start=start,
        end=end,
        quote=of.article.text[start:end],
        **fields,
    )


def mark(of: Reading, words: str, label: str = "claim", **fields: object) -> Span:
    """The same over these words, where they stand first."""
    start = of.article.text.index(words)
    return span(of, start, start + len(words), label, **fields)
