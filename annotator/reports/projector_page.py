"""What the projector shows: what everybody in the room may see, and nothing of anybody. Six queries at most.

While the exercise is blind it says how many are there and how many have handed in, and nothing else.
"""

from dataclasses import dataclass, replace

from django.db.models import Count, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext

from annotator.domain.warm_up import ASKED
from annotator.models import Exercise, ExerciseArticle, Membership, Phase, ReadingState, Step
from annotator.reports.dealt import dealt_count
from annotator.reports.door import DoorCard, door_card
from annotator.reports.reading_parts import LabelPart
from annotator.reports.warm_up import Votes, WarmUp, labels_in, votes_for, warm_up

LAST_SECONDS = 120
# More squares than this say less than the numbers beside them.
MOST_SQUARES = 60


@dataclass(frozen=True, slots=True)
class Countdown:
    """A clock on the wall: `ends` in seconds since 1970, None while it stands still with `left` seconds on it."""

    ends: int | None
    left: int
    total: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of the class's readers are how far; a teacher who reads along is not among them."""

    handed_in: int
    reading: int
    waiting: int

    @property
    def all(self) -> int:
        """Everybody who has joined."""
        return self.handed_in + self.reading + self.waiting

    @property
    def squares(self) -> list[str]:
        """One for each reader; none where those would be too many."""
        if self.all > MOST_SQUARES:
            return []
        return ["done"] * self.handed_in + ["reading"] * self.reading + ["waiting"] * self.waiting


@dataclass(frozen=True, slots=True)
class Poll:
    """The warm-up: its sentence, how many have voted, and the bars once enough have.

    `is_answered`: everybody who has joined has voted, so the answer gives nothing away.
    """

    asked: WarmUp
    voted: int
    bars: list[Votes]
    is_answered: bool


@dataclass(frozen=True, slots=True)
class ProjectorPage:
    """One screen. `place`: soon, lobby, warm_up, open, closing, closed, shown, spotlight, revising, exit, finished."""

    place: str
    room: str
    counts: Counts | None = None
    door: DoorCard | None = None
    poll: Poll | None = None
    countdown: Countdown | None = None
    labels: tuple[LabelPart, ...] = ()
    question: str = ""


def projector_page(exercise: Exercise, *, join_address: str) -> ProjectorPage:
    """The screen as it is now; the same as long as nothing on it changes but the seconds of its clock."""
    page = ProjectorPage(place_of(exercise), exercise.classroom.name)
    if page.place == "lobby":
        return lobby(page, exercise, join_address)
    if page.place in {"open", "revising"}:
        return reading(page, exercise)
    if page.place == "closed":
        return replace(page, counts=counts_of(exercise))
    return replace(page, question=exercise.exit_question) if page.place == "exit" else page


def place_of(exercise: Exercise) -> str:
    """The kind of screen; a warm-up whose codebook has none is shown by `lobby` as the waiting room."""
    if exercise.phase == Phase.DRAFT:
        return "lobby" if exercise.step else "soon"
    if exercise.phase == Phase.REVEALED:
        return "spotlight" if exercise.step == Step.DISCUSS else "shown"
    if exercise.phase == Phase.WRAPPED_UP:
        return "exit" if exercise.step == Step.EXIT else "finished"
    return {Phase.ARCHIVED: "finished"}.get(Phase(exercise.phase), exercise.phase)


def lobby(page: ProjectorPage, exercise: Exercise, join_address: str) -> ProjectorPage:
    """The way in, as long as it is open; or the sentence to practise on."""
    counts = counts_of(exercise)
    if exercise.step == Step.WARM_UP and (poll := poll_of(exercise, counts.all)):
        return replace(page, place="warm_up", counts=counts, poll=poll)
    card = door_card(exercise.classroom, join_address=join_address)
    # Once locked, neither code nor link nor QR code leaves the server.
    return replace(page, counts=counts, door=card if card and card.is_open else None)


def poll_of(exercise: Exercise, readers: int) -> Poll | None:
    """The sentence the class is at. Two queries."""
    labels = labels_in(exercise)
    asked = warm_up(exercise.warm_up_sentence, labels)
    if asked is None:
        return None
    voted, bars = votes_for(exercise, labels)
    return Poll(asked=asked, voted=voted, bars=bars, is_answered=0 < readers <= voted)


def reading(page: ProjectorPage, exercise: Exercise) -> ProjectorPage:
    """The clock, how far everybody is, and the tags with their questions."""
    clock = countdown(exercise)
    is_last = clock is not None and clock.ends is not None and page.place == "open" and left_of(clock) <= LAST_SECONDS
    return replace(
        page,
        place="closing" if is_last else page.place,
        counts=counts_of(exercise, 2 if page.place == "revising" else 1),
        countdown=clock,
        labels=tuple(shortly(exercise, label) for label in labels_in(exercise)),
    )


def shortly(exercise: Exercise, label: LabelPart) -> LabelPart:
    """A tag of the app's own codebook with a shorter question; others keep what their author wrote."""
    if exercise.codebook_version.codebook.owner_id is not None:
        return label
    return replace(label, question=gettext(ASKED.get(label.slug, label.question)))


def countdown(exercise: Exercise) -> Countdown | None:
    """The lesson's clock, unless the teacher keeps it off the wall; a homework has a date and no clock."""
    if not exercise.shows_clock or exercise.is_homework:
        return None
    if exercise.paused_seconds is not None:
        whole = max((exercise.minutes or 0) * 60, exercise.paused_seconds)
        return Countdown(ends=None, left=exercise.paused_seconds, total=whole)
    if exercise.ends_at is None:
        return None
    ends = int(exercise.ends_at.timestamp())
    since = exercise.opened_at if exercise.phase == Phase.OPEN else None
    whole = max((exercise.minutes or 0) * 60, ends - int(since.timestamp()) if since else 0)
    return Countdown(ends=ends, left=0, total=whole)


def left_of(clock: Countdown) -> int:
    """Seconds left now."""
    return clock.left if clock.ends is None else max(0, clock.ends - int(timezone.now().timestamp()))


def counts_of(exercise: Exercise, number: int = 1) -> Counts:
    """How far the present readers are in a round. Two queries."""
    mine = Q(readings__exercise=exercise, readings__round=number, readings__is_key=False)
    members = Membership.objects.awaited().filter(classroom=exercise.classroom_id)
    rows = members.annotate(
        n_begun=Count("readings", filter=mine),
        n_done=Count("readings", filter=mine & Q(readings__state=ReadingState.SUBMITTED)),
        n_dealt=dealt_count(exercise=exercise, member=OuterRef("pk")),
    )
    articles = ExerciseArticle.objects.filter(exercise=exercise).count()
    found = list(rows.order_by().values_list("n_begun", "n_done", "n_dealt"))
    done = sum(n_done >= (n_dealt or articles) for _begun, n_done, n_dealt in found)
    begun = sum(n_begun > 0 for n_begun, _done, _dealt in found)
    return Counts(handed_in=done, reading=begun - done, waiting=len(found) - begun)
