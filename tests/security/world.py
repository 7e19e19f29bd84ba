"""A small world with everybody in it: each kind of visitor, and one of each object that an address can name."""

import hashlib
import uuid
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone

from annotator.access import member_key
from annotator.models import (
    Article,
    ArticleDraft,
    Assignment,
    Decision,
    Door,
    Erasure,
    Exercise,
    Invitation,
    Membership,
    Participation,
    Phase,
    Reading,
    ReadingState,
    Reason,
    RosterEntry,
    RuleEntry,
    SignInLink,
    Snapshot,
    Span,
    Step,
    User,
    WarmUpVote,
)
from annotator.services.rule_books import Rule, rule_write
from tests import factories

ROLES = [
    "anonymous",
    "reader",
    "classmate",
    "reader_elsewhere",
    "removed_reader",
    "teacher",
    "other_teacher",
    "operator",
]
# Rows that any request may touch: the session's own, and the counters of the limits.
PASSING = {"sessions.session", "annotator.attempt"}
COOKIE = settings.SESSION_COOKIE_NAME
SIGN_IN_TOKEN = "sign-in-token"
INVITATION_TOKEN = "invitation-token"
PROJECTOR_TOKEN = "projector-token"
DOOR_CODE, DOOR_TOKEN = "K7MQ4XDP", "door-token"


@dataclass
class World:
    """One exercise in one phase, read by `reader` and `classmate`, and everybody who might come by."""

    phase: str
    people: dict[str, User]
    members: dict[str, Membership]
    article: Article
    draft: ArticleDraft
    exercise: Exercise
    reading: Reading
    key: Reading
    classmates_reading: Reading
    span: Span
    invitation: Invitation
    canaries: dict[str, str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    places: dict[str, object] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def rows_at_first(self) -> dict[str, str]:
        """The fingerprint when it was asked for first, with everybody signed in."""
        if not self.first:
            self.sessions = {role: self.signed_in(role).cookies[COOKIE].value for role in self.people}
            self.first = fingerprint()
        return self.first

    def client(self, role: str) -> Client:
        """A browser in which `role` has signed in."""
        if role not in self.sessions:
            return Client() if role == "anonymous" else self.signed_in(role)
        client = Client()
        client.cookies[COOKIE] = self.sessions[role]
        return client

    def signed_in(self, role: str) -> Client:
        """The same with a session of its own."""
        client = Client()
        client.force_login(self.people[role])
        return client

    def kwargs(self) -> dict[str, object]:
        """What stands for each place in an address; looked up once, for whatever a request does is rolled back."""
        self.places = self.places or self.looked_up()
        return self.places

    def looked_up(self) -> dict[str, object]:
        """The same from the database."""
        return {
            "article_uuid": self.article.uuid,
            "draft_uuid": self.draft.uuid,
            "classroom_uuid": self.exercise.classroom.uuid,
            "member_uuid": self.members["classmate"].uuid,
            "exercise_uuid": self.exercise.uuid,
            "reading_uuid": self.reading.uuid,
            "number": self.span.number,
            "entry_uuid": RosterEntry.objects.get(member=self.members["classmate"]).uuid,
            "invitation_uuid": self.invitation.uuid,
            "reason_uuid": Reason.objects.get(member=self.members["reader"]).uuid,
            "decision_uuid": self.key.decisions.get(why__startswith="Canary").uuid,
            "rule_uuid": RuleEntry.objects.get(exercise=self.exercise).uuid,
            "version_uuid": RuleEntry.objects.get(exercise=self.exercise).version.uuid,
        }


def build(phase: str, text: str = factories.TEXT) -> World:
    """Make the world; the reader's and the classmate's work hold canaries that no one else may find too early."""
    teacher = factories.teacher("teacher")
    room = factories.classroom(teacher)
    article = factories.article(teacher, text=text)
    exercise = factories.exercise(room, [article], phase=phase)
    ask_at_the_end(exercise)
    exercise.projector_token = PROJECTOR_TOKEN
    exercise.save(update_fields=["projector_token"])
    members = {name: factories.reader(room, name, pseudonym=f"Canary-{name}-pseudonym") for name in READERS}
    elsewhere = factories.classroom(factories.teacher("other_teacher"), name="Class 8A")
    members["reader_elsewhere"] = factories.reader(elsewhere, "reader_elsewhere")
    Door.objects.create(
        classroom=room, code=DOOR_CODE, token=DOOR_TOKEN, expires_at=timezone.now() + timedelta(hours=1)
    )
    for name, member in members.items():
        if name in READERS:
            lesson_of(exercise, member, name)
    key = key_of(exercise, Membership.objects.get(classroom=room, user=teacher))
    rule = Rule(uuid.uuid4(), "Canary-key-rule", ("claim",))
    rule_write(exercise=exercise, member=key.member, rule=rule)
    readings = {name: reading_of(exercise, member, phase) for name, member in members.items() if name in READERS}
    Membership.objects.filter(pk=members["removed_reader"].pk).update(removed_at=timezone.now())
    people = {name: member.user for name, member in members.items()}
    people |= {"teacher": teacher, "other_teacher": User.objects.get(username="other_teacher")}
    people["operator"] = User.objects.create_superuser("operator", None)
    later = timezone.now() + timedelta(hours=1)
    SignInLink.objects.create(user=people["other_teacher"], token_hash=token_hash(SIGN_IN_TOKEN), expires_at=later)
    invitation = Invitation.objects.create(
        created_by=teacher, token_hash=token_hash(INVITATION_TOKEN), expires_at=later
    )
    Erasure.objects.create(kind=Erasure.Kind.CLASS_ERASED, by=people["other_teacher"], counts={"people": 3})
    block = {"kind": "paragraph", "text": "A draft.", "group": "story", "kept": True, "is_title": False}
    return World(
        phase=phase,
        people=people,
        members=members,
        article=article,
        draft=ArticleDraft.objects.create(owner=teacher, title="Draft", content={"blocks": [block]}),
        exercise=exercise,
        reading=readings["reader"],
        key=key,
        classmates_reading=readings["classmate"],
        span=readings["reader"].spans.get(),
        invitation=invitation,
        canaries={name: f"Canary-{name}" for name in READERS},
    )


READERS = ["reader", "classmate", "removed_reader"]


def ask_at_the_end(exercise: Exercise) -> None:
    """The lesson has an exit question, asked in the wrap-up."""
    exercise.exit_question = "What changed your mind?"
    exercise.step = Step.EXIT if exercise.phase == Phase.WRAPPED_UP else ""
    exercise.save(update_fields=["exit_question", "step"])


def lesson_of(exercise: Exercise, member: Membership, name: str) -> None:
    """What a lesson keeps of a reader beside the reading, canaries in all that could be read."""
    answer = {"exit_answer": f"Canary-{name}-exit", "exit_at": factories.NOON}
    Participation.objects.create(exercise=exercise, member=member, **answer)
    WarmUpVote.objects.create(exercise=exercise, member=member, sentence=1, label="claim")
    Assignment.objects.create(exercise=exercise, article=exercise.articles.get(), member=member)
    RosterEntry.objects.create(
        classroom=exercise.classroom, position=READERS.index(name), name=f"Canary-{name}-roster", member=member
    )


def reading_of(exercise: Exercise, member: Membership, phase: str) -> Reading:
    """A reading with one span whose note says whose it is; taken in once the exercise is closed."""
    is_open = phase in {Phase.DRAFT, Phase.OPEN}
    state = {} if is_open else {"state": ReadingState.COLLECTED, "submitted_at": timezone.now()}
    made = factories.reading(exercise, member, seen_at=timezone.now() - timedelta(hours=1), **state)
    text = exercise.articles.get().text
    start = text.index("Some 900")
    name = member.user.username
    factories.span(made, start, start + 8, "claim", note=f"Canary-{name}-note", source_name=f"Canary-{name}-source")
    Snapshot.objects.create(reading=made, state=made.state, version=1, spans=[{"note": f"Canary-{name}-note"}])
    reason_of(made, start, f"Canary-{name}-reason")
    return made


def reason_of(reading: Reading, start: int, text: str, **fields: object) -> Reason:
    """A reason about the sentence at `start`, each block being one; it waits for the teacher unless told otherwise."""
    block = reading.article.blocks.get(start__lte=start, end__gt=start)
    given = {"when": Reason.When.BEFORE, "label": reading.exercise.codebook_version.labels.get(slug="claim"), **fields}
    return Reason.objects.create(
        uuid=uuid.uuid4(), exercise=reading.exercise, article=reading.article, member=reading.member, text=text,
        start=block.start, end=block.end, quote=reading.article.text[block.start : block.end],
        made_at=factories.NOON, **given,
    )  # fmt: skip


def key_of(exercise: Exercise, member: Membership) -> Reading:
    """The teacher's key, whose explanation readers meet in the wrap-up and not before."""
    made = factories.reading(exercise, member, round=0, is_key=True)
    start = made.article.text.index("the council said")
    factories.span(made, start, start + 16, "attribution", note="Canary-key-note", source_name="Canary-key-source")
    Decision.objects.create(
        uuid=uuid.uuid4(), key=made, kind=Decision.Kind.REJECTED, member=member, made_at=factories.NOON,
        label=exercise.codebook_version.labels.get(slug="opinion"),
        start=0, end=7, readers=3, of=3, share=50, why="Canary-key-decision",
    )  # fmt: skip
    return made


def token_hash(token: str) -> str:
    """How links are kept (services/accounts.py)."""
    return hashlib.sha256(token.encode()).hexdigest()


def fingerprint(only: Container[str] | None = None) -> dict[str, str]:
    """A hash of every row of every table, or of those named, but the passing ones; signing in is no change."""
    found = {}
    for model in apps.get_models():
        if model._meta.label_lower not in PASSING and (only is None or model._meta.db_table in only):
            columns = [each.attname for each in model._meta.concrete_fields if each.attname != "last_login"]
            rows = sorted(map(repr, model._default_manager.values_list(*columns)))
            found[model._meta.label_lower] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def operation(world: World) -> dict[str, object]:
    """A well-formed request to add a highlight to the reader's reading."""
    start = world.article.text.index("It was the best")
    quote = "It was the best"
    return {
        "text_sha256": world.article.text_sha256,
        "codebook_version": str(world.exercise.codebook_version.uuid),
        "member_key": member_key(world.people["reader"]),
        "operations": [
            {
                "uuid": str(uuid.uuid4()),
                "op": "add",
                "span": str(uuid.uuid4()),
                "label": "opinion",
                "start": start,
                "end": start + len(quote),
                "quote_start": quote,
                "quote_end": quote,
            }
        ],
    }
