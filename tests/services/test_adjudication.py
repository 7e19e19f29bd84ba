"""Decisions on proposals: what they put into the key, what is kept of them, and what is refused."""

import uuid

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Decision, Exercise, Membership, Phase, Reading, ReadingState, Span, SpanOperation
from annotator.reports.adjudication import consensus_of
from annotator.services.adjudication import Choice, decision_make, decision_undo
from annotator.services.erasure import classroom_erase
from annotator.services.span_workbench import Operation
from annotator.services.spans import operations_apply
from tests import factories

pytestmark = pytest.mark.django_db

Kind = SpanOperation.Kind
TEXT = "Title here.\n\nShe called the plan reckless and said a third would not survive. No more."
SHORT, LONG = "a third would not survive", "called the plan reckless and said a third would not survive"


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture
def work() -> Exercise:
    """Five readers: three mark the short claim, one the long one; two read the long one as opinion."""
    room = factories.classroom(factories.teacher("rosa"))
    work = factories.exercise(room, [factories.article(factories.teacher(), text=TEXT)], phase=Phase.CLOSED)
    marks = [[(SHORT, "claim")], [(SHORT, "claim")], [(SHORT, "claim")], [(LONG, "claim")], []]
    marks[0].append((LONG, "opinion"))
    marks[4].append((LONG, "opinion"))
    for own in marks:
        done = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
        made = factories.reading(work, factories.reader(room), **done)
        for words, label in own:
            factories.mark(made, words, label)
    return work


def leader(work: Exercise) -> Membership:
    return work.classroom.memberships.get(is_teacher=True)


def choice(words: str = SHORT, **fields: object) -> Choice:
    start, end = place(words)
    given = {"uuid": uuid.uuid4(), "offer": ("claim", start, end), "share": 50, "label": "claim", "start": start,
             "end": end}  # fmt: skip
    return Choice(**{**given, **fields})


def decide(work: Exercise, made: Choice) -> Decision:
    article = work.articles.get()
    found = consensus_of(work, article, made.share)
    return decision_make(exercise=work, article=article, member=leader(work), found=found, choice=made)


def undo(work: Exercise, decision: Decision) -> None:
    decision_undo(exercise=work, article=work.articles.get(), member=leader(work), uuid=decision.uuid)


def by_hand(work: Exercise, decision: Decision, kind: str, **fields: object) -> None:
    """The teacher changes in the key what a decision put there."""
    made = Operation(uuid=uuid.uuid4(), kind=kind, span=decision.span.uuid, **fields)
    operations_apply(reading=Reading.objects.get(is_key=True), operations=[made], actor=leader(work), is_whole=True)


def key_of(work: Exercise) -> list[tuple[str, str, str]]:
    spans = Span.objects.current().filter(reading__exercise=work, reading__is_key=True).order_by("start", "number")
    return [(each.label.slug, each.quote, each.note) for each in spans]


def test_edges_follow_the_majority_and_not_the_union(work: Exercise) -> None:
    found = consensus_of(work, work.articles.get(), 50)
    assert [(each.label, each.start, each.end, each.readers) for each in found.proposals] == [
        ("claim", *place(SHORT), 4)
    ]
    assert found.readers == 5


def test_a_smaller_share_proposes_the_minority_too(work: Exercise) -> None:
    found = consensus_of(work, work.articles.get(), 40)
    assert {each.label for each in found.proposals} == {"claim", "opinion"}


def test_accepting_puts_the_words_into_the_key_with_the_reason(work: Exercise) -> None:
    decision = decide(work, choice(why="Somebody could check it."))
    assert key_of(work) == [("claim", SHORT, "Somebody could check it.")]
    assert (decision.kind, decision.readers, decision.of, decision.share) == ("accepted", 4, 5, 50)
    assert (decision.member, decision.why) == (leader(work), "Somebody could check it.")
    assert Reading.objects.get(is_key=True).round == 0
    assert set(SpanOperation.objects.values_list("actor", flat=True)) == {leader(work).pk}


def test_other_edges_and_another_tag_are_kept_as_such(work: Exercise) -> None:
    start, end = place(LONG)
    assert decide(work, choice(start=start, end=end)).kind == "edited"
    assert key_of(work) == [("claim", LONG, "")]
    assert decide(work, choice(label="opinion")).kind == "relabelled"
    assert key_of(work) == [("opinion", SHORT, "")]


def test_rejecting_keeps_the_decision_and_leaves_the_key_empty(work: Exercise) -> None:
    decision = decide(work, choice(label="", why="Not checkable."))
    assert (decision.kind, decision.span, decision.why, key_of(work)) == ("rejected", None, "Not checkable.", [])


def test_a_minority_reading_can_be_added(work: Exercise) -> None:
    start, end = place(LONG)
    decision = decide(work, choice(LONG, label="opinion", offer=("opinion", start, end)))
    assert (decision.kind, decision.readers) == ("added", 2)
    assert key_of(work) == [("opinion", LONG, "")]


def test_the_same_form_twice_decides_once(work: Exercise) -> None:
    made = choice(why="Once.")
    assert decide(work, made) == decide(work, made)
    assert (Decision.objects.count(), key_of(work)) == (1, [("claim", SHORT, "Once.")])


def test_deciding_anew_takes_the_earlier_decision_back_and_keeps_it(work: Exercise) -> None:
    first = decide(work, choice())
    decide(work, choice(label=""))
    assert key_of(work) == []
    first.refresh_from_db()
    assert first.undone_at is not None
    assert [each.kind for each in Decision.objects.standing()] == ["rejected"]


HAND = "My careful explanation, written by hand."


def by_hand_before(work: Exercise, note: str = "") -> None:
    """What the teacher had put into the key before any decision."""
    key = factories.reading(work, leader(work), round=0, is_key=True, state=ReadingState.SUBMITTED,
                            submitted_at=factories.NOON)  # fmt: skip
    factories.mark(key, LONG, note=note)


def decided_long(work: Exercise, offer: str = "claim", why: str = "") -> Decision:
    """A decision for the long claim: instead of the short one that is proposed, or of the long opinion."""
    start, end = place(LONG)
    if offer == "claim":
        return decide(work, choice(start=start, end=end, why=why))
    return decide(work, choice(LONG, offer=(offer, start, end), share=40, why=why))


@pytest.mark.parametrize("note", ["", HAND])
@pytest.mark.parametrize("why", ["", "ok", HAND])
def test_what_was_in_the_key_before_stays_when_the_decision_is_taken_back(work: Exercise, note: str, why: str) -> None:
    by_hand_before(work, note)
    decision = decided_long(work, why=why)
    assert key_of(work) == [("claim", LONG, why or note)]
    undo(work, decision)
    undo(work, decision)
    assert key_of(work) == [("claim", LONG, note)]


def test_a_reason_given_anew_does_not_become_the_explanation_of_before(work: Exercise) -> None:
    by_hand_before(work, HAND)
    decided_long(work, why="ok")
    undo(work, decided_long(work, why="Better."))
    assert key_of(work) == [("claim", LONG, HAND)]


def test_an_explanation_changed_by_hand_since_stays(work: Exercise) -> None:
    by_hand_before(work, HAND)
    decision = decided_long(work, why="ok")
    by_hand(work, decision, Kind.DETAIL, details={"note": "Once more by hand."})
    undo(work, decision)
    assert key_of(work) == [("claim", LONG, "Once more by hand.")]


def test_nothing_is_put_back_onto_a_highlight_deleted_since(work: Exercise) -> None:
    by_hand_before(work, HAND)
    decision = decided_long(work, why="ok")
    by_hand(work, decision, Kind.DELETE)
    undo(work, decision)
    assert key_of(work) == []
    assert not Decision.objects.standing().exists()


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_reasons_the_one_that_stands_is_the_explanation(work: Exercise, turn: int) -> None:
    by_hand_before(work, HAND)
    made = [decided_long(work, why="first"), decided_long(work, "opinion", why="second")]
    one, other = made[::turn]
    undo(work, one)
    assert key_of(work) == [("claim", LONG, other.why)]
    undo(work, other)
    assert key_of(work) == [("claim", LONG, HAND)]


def test_a_reason_leaves_with_its_decision_though_the_words_stay_for_another(work: Exercise) -> None:
    first, second = decided_long(work, why="first"), decided_long(work, "opinion")
    assert first.span == second.span
    undo(work, first)
    assert key_of(work) == [("claim", LONG, "")]


def test_the_same_reason_of_two_decisions_stays_with_the_other(work: Exercise) -> None:
    by_hand_before(work, HAND)
    first, second = decided_long(work, why="ok"), decided_long(work, "opinion", why="ok")
    undo(work, first)
    assert key_of(work) == [("claim", LONG, "ok")]
    undo(work, second)
    assert key_of(work) == [("claim", LONG, HAND)]


def shared(work: Exercise, *, why: str = "") -> tuple[Decision, Decision]:
    """Two decisions on other proposals that want the same words under the same tag: the first one made the span."""
    start, end = place(LONG)
    first = decide(work, choice(start=start, end=end))
    second = decide(work, choice(LONG, offer=("opinion", start, end), share=40, why=why))
    assert (second.kind, second.span) == ("relabelled", first.span)
    return first, second


@pytest.mark.parametrize("turn", [1, -1])
def test_words_stay_in_the_key_as_long_as_a_decision_stands_on_them(work: Exercise, turn: int) -> None:
    one, other = shared(work)[::turn]
    undo(work, one)
    assert key_of(work) == [("claim", LONG, "")]
    undo(work, one)
    assert key_of(work) == [("claim", LONG, "")]
    undo(work, other)
    assert key_of(work) == []


def test_deciding_anew_leaves_the_words_that_another_decision_stands_on(work: Exercise) -> None:
    _first, second = shared(work)
    decide(work, choice(label=""))
    assert key_of(work) == [("claim", LONG, "")]
    undo(work, second)
    assert key_of(work) == []


def test_words_decided_anew_while_another_decision_stood_leave_with_the_last(work: Exercise) -> None:
    first, second = shared(work)
    undo(work, first)
    start, end = place(LONG)
    again = decide(work, choice(start=start, end=end))
    assert again.span == second.span
    undo(work, second)
    assert key_of(work) == [("claim", LONG, "")]
    undo(work, again)
    assert key_of(work) == []


def test_other_edges_by_hand_meanwhile_change_nothing_about_whose_the_words_are(work: Exercise) -> None:
    first, second = shared(work)
    start, end = place(SHORT)
    by_hand(work, first, Kind.MOVE, start=start, end=end, quote_start=SHORT, quote_end=SHORT)
    undo(work, first)
    assert key_of(work) == [("claim", SHORT, "")]
    undo(work, second)
    assert key_of(work) == []


def test_words_deleted_by_hand_are_gone_and_both_decisions_can_still_be_taken_back(work: Exercise) -> None:
    first, second = shared(work, why="Somebody could check it.")
    by_hand(work, first, Kind.DELETE)
    undo(work, second)
    undo(work, first)
    assert (key_of(work), Decision.objects.standing().count()) == ([], 0)


def test_words_brought_back_by_hand_are_the_teachers_own(work: Exercise) -> None:
    first = decide(work, choice())
    undo(work, first)
    by_hand(work, first, Kind.RESTORE)
    undo(work, decide(work, choice()))
    assert key_of(work) == [("claim", SHORT, "")]


def test_taking_back_hides_the_highlight_and_twice_is_as_good_as_once(work: Exercise) -> None:
    decision = decide(work, choice())
    undo(work, decision)
    undo(work, decision)
    assert key_of(work) == []
    assert Decision.objects.get().undone_at is not None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"offer": ("claim", 0, 5)}, "gone"),
        ({"offer": ("opinion", *place(SHORT))}, "gone"),
        ({"label": "nonsense"}, "no_label"),
        ({"start": 5, "end": 4_000}, "out_of_range"),
        ({"start": 9, "end": 9}, "out_of_range"),
    ],
)
def test_what_makes_no_sense_saves_nothing(work: Exercise, fields: dict, code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        decide(work, choice(**fields))
    assert refusal.value.code == code
    assert not Decision.objects.exists()
    assert not Reading.objects.filter(is_key=True).exists()


def test_a_refused_decision_leaves_the_earlier_one_standing(work: Exercise) -> None:
    decide(work, choice())
    with pytest.raises(RuleError):
        decide(work, choice(label="nonsense"))
    assert key_of(work) == [("claim", SHORT, "")]
    assert Decision.objects.standing().count() == 1


@pytest.mark.parametrize(("phase", "code"), [(Phase.OPEN, "blind"), (Phase.ARCHIVED, "archived")])
def test_nothing_is_decided_while_blind_nor_in_the_archive(work: Exercise, phase: str, code: str) -> None:
    decision = decide(work, choice())
    Exercise.objects.update(phase=phase)
    work.refresh_from_db()
    with pytest.raises(RuleError) as refusal:
        decide(work, choice(label=""))
    assert refusal.value.code == code
    if phase == Phase.ARCHIVED:
        with pytest.raises(RuleError):
            undo(work, decision)
    assert Decision.objects.standing().count() == 1


def test_another_keys_decision_is_none_of_this_one(work: Exercise) -> None:
    with pytest.raises(RuleError, match="no such decision"):
        decision_undo(exercise=work, article=work.articles.get(), member=leader(work), uuid=uuid.uuid4())


@pytest.mark.parametrize("label", ["claim", ""])
def test_a_form_that_decided_on_another_key_is_refused(work: Exercise, label: str) -> None:
    there = factories.exercise(work.classroom, [work.articles.get()], phase=Phase.CLOSED)
    for member in work.classroom.memberships.filter(is_reader=True):
        done = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
        factories.mark(factories.reading(there, member, **done), SHORT)
    made = choice(label=label)
    decide(work, made)
    with pytest.raises(RuleError) as refusal:
        decide(there, made)
    assert refusal.value.code == "taken"
    assert (Decision.objects.count(), Reading.objects.filter(is_key=True).count()) == (1, 1)


def test_a_class_is_erased_with_its_decisions(work: Exercise) -> None:
    decide(work, choice())
    record = classroom_erase(classroom=work.classroom, by=None)
    assert record is not None
    assert record.counts["decisions"] == 1
    assert not Decision.objects.exists()
