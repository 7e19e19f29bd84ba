"""Reasons about passages: kept once, never changed, shown by the teacher alone, refused with a sentence."""

import uuid

import pytest

from annotator.domain.errors import RuleError, TextMismatch
from annotator.domain.spans import quote_ends
from annotator.models import Classroom, Exercise, Membership, Phase, Reason
from annotator.services.erasure import member_anonymise, member_erase
from annotator.services.reasons import MOST_ROWS, Written, reason_add, reason_moderate, reason_take_back
from tests import factories

pytestmark = pytest.mark.django_db

# The second block of the article has two sentences.
FIRST = "The Eastquay lantern fair will be held in the market hall, the council said on Monday. "
SECOND = "Some 900 visitors came last year."


@pytest.fixture
def work() -> Exercise:
    room = factories.classroom(factories.teacher("rosa"))
    made = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.REVEALED)
    block = made.articles.get().blocks.get(number=2)
    block.sentences = [block.start, factories.TEXT.index(SECOND)]
    block.save()
    return made


@pytest.fixture
def member(work: Exercise) -> Membership:
    return factories.reader(work.classroom)


def teacher_of(work: Exercise) -> Membership:
    return work.classroom.memberships.get(is_teacher=True)


def written(text: str = "You can count them.", sentence: str = SECOND, **fields: object) -> Written:
    start = factories.TEXT.index(sentence)
    first, last = quote_ends(sentence)
    given = {"uuid": uuid.uuid4(), "start": start, "end": start + len(sentence), "first": first, "last": last}
    return Written(**{**given, "text": text, **fields})


def add(work: Exercise, member: Membership, form: Written) -> Reason:
    return reason_add(exercise=work, article=work.articles.get(), member=member, written=form)


def refused(work: Exercise, member: Membership, form: Written) -> str:
    with pytest.raises(RuleError) as refusal:
        add(work, member, form)
    return refusal.value.code


def standing() -> list[tuple[str, str, str]]:
    return list(Reason.objects.standing().order_by("pk").values_list("text", "when", "state"))


def test_a_reason_is_kept_on_one_line_with_its_sentence_and_waits(work: Exercise, member: Membership) -> None:
    kept = add(work, member, written("  You can\r\ncount\tthem. ", label="claim"))
    assert (kept.text, kept.quote, kept.says) == ("You can count them.", SECOND, "claim")
    assert (kept.when, kept.state, kept.member) == ("before", "waiting", member)
    assert factories.TEXT[kept.start : kept.end] == SECOND


def test_a_sentence_with_the_blanks_behind_it_is_one(work: Exercise, member: Membership) -> None:
    assert add(work, member, written(sentence=FIRST, label="none")).says == "none"


def test_what_a_writer_leaves_open_stays_open(work: Exercise, member: Membership) -> None:
    kept = add(work, member, written())
    assert (kept.says, kept.label, kept.is_unmarked) == ("", None, False)


def test_a_team_sees_it_at_once() -> None:
    team = factories.classroom(factories.teacher(), kind=Classroom.Kind.TEAM)
    work = factories.exercise(team, [factories.article(factories.teacher())], phase=Phase.REVEALED)
    sentence = factories.TEXT.split("\n\n")[2]
    assert add(work, factories.reader(team), written(sentence=sentence)).state == "shown"


def test_the_same_form_twice_is_one_reason(work: Exercise, member: Membership) -> None:
    form = written()
    assert add(work, member, form) == add(work, member, form)
    assert Reason.objects.count() == 1


def test_a_form_that_another_reader_has_sent_is_refused(work: Exercise, member: Membership) -> None:
    form = written()
    add(work, member, form)
    assert refused(work, factories.reader(work.classroom), form) == "taken"
    assert Reason.objects.get().member == member


def test_rewritten_is_another_row_that_waits_again_and_the_earlier_stays(work: Exercise, member: Membership) -> None:
    earlier = add(work, member, written("First."))
    reason_moderate(reason=earlier, member=teacher_of(work), state="shown")
    add(work, member, written("Second.", replaces=earlier.uuid))
    assert standing() == [("Second.", "before", "waiting")]
    earlier.refresh_from_db()
    assert (earlier.text, earlier.state) == ("First.", "shown")
    assert earlier.taken_back_at is not None


def test_rewritten_to_the_same_it_stays_as_it_was(work: Exercise, member: Membership) -> None:
    earlier = add(work, member, written("Same.", label="claim"))
    reason_moderate(reason=earlier, member=teacher_of(work), state="shown")
    assert add(work, member, written(" Same. ", label="claim", replaces=earlier.uuid)) == earlier
    assert standing() == [("Same.", "before", "shown")]
    add(work, member, written("Same.", label="none", replaces=earlier.uuid))
    assert standing() == [("Same.", "before", "waiting")]


def test_only_ones_own_standing_reason_can_be_rewritten(work: Exercise, member: Membership) -> None:
    others = add(work, factories.reader(work.classroom), written("Theirs."))
    assert refused(work, member, written(replaces=others.uuid)) == "no_earlier"
    mine = add(work, member, written("Mine."))
    assert refused(work, member, written(sentence=FIRST, replaces=mine.uuid)) == "no_earlier"
    reason_take_back(reason=mine)
    assert refused(work, member, written(replaces=mine.uuid)) == "no_earlier"
    assert standing() == [("Theirs.", "before", "waiting")]


@pytest.mark.parametrize(
    ("phase", "fields", "when"),
    [
        (Phase.REVEALED, {}, "before"),
        (Phase.REVEALED, {"step": "discuss"}, "before"),
        (Phase.REVISING, {"shows_class_while_revising": True}, "after"),
        (Phase.WRAPPED_UP, {}, "after"),
    ],
)
def test_it_is_before_or_after_the_talk_by_where_the_lesson_stands(
    work: Exercise, member: Membership, phase: str, fields: dict[str, object], when: str
) -> None:
    Exercise.objects.update(phase=phase, **fields)
    assert add(work, member, written()).when == when


@pytest.mark.parametrize(
    ("phase", "code"),
    [
        (Phase.OPEN, "not_now"),
        (Phase.CLOSED, "not_now"),
        (Phase.REVISING, "not_now"),
        (Phase.ARCHIVED, "archived"),
    ],
)
def test_nothing_is_written_while_the_class_is_not_shown(
    work: Exercise, member: Membership, phase: str, code: str
) -> None:
    Exercise.objects.update(phase=phase)
    assert refused(work, member, written()) == code
    assert not Reason.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": " \n\t "}, "no_words"),
        ({"text": "\u200b\u00ad"}, "no_words"),
        ({"text": "x" * 201}, "too_long"),
        ({"label": "nonsense"}, "no_label"),
        ({"start": 5_000, "end": 5_010}, "out_of_range"),
        ({"first": "Some 800 visitors came last year"}, "quote_mismatch"),
        ({"last": "came last week."}, "quote_mismatch"),
    ],
)
def test_what_does_not_fit_is_refused_and_saves_nothing(
    work: Exercise, member: Membership, fields: dict[str, object], code: str
) -> None:
    assert refused(work, member, written(**fields)) == code
    assert not Reason.objects.exists()


def test_two_hundred_characters_fit(work: Exercise, member: Membership) -> None:
    assert add(work, member, written("🏮" * 200)).text == "🏮" * 200


@pytest.mark.parametrize(
    "words", ["visitors came", FIRST + SECOND, "Some 900 visitors came last year.\n\nIt was the best"]
)
def test_words_that_are_no_sentence_are_refused(work: Exercise, member: Membership, words: str) -> None:
    assert refused(work, member, written(sentence=words)) == "no_sentence"


def test_words_of_another_text_are_a_mismatch(work: Exercise, member: Membership) -> None:
    with pytest.raises(TextMismatch):
        add(work, member, written(first="x"))


def test_three_stand_on_a_passage_before_the_talk_and_three_after_it(work: Exercise, member: Membership) -> None:
    mine = [add(work, member, written(f"Reason {n}.")) for n in range(3)]
    assert refused(work, member, written()) == "enough"
    assert add(work, member, written(sentence=FIRST)).pk
    assert add(work, factories.reader(work.classroom), written()).pk
    add(work, member, written("Anew.", replaces=mine[0].uuid))
    reason_take_back(reason=mine[1])
    assert add(work, member, written("Again.")).pk
    Exercise.objects.update(phase=Phase.WRAPPED_UP)
    assert add(work, member, written("After.")).when == "after"


def test_nobody_fills_the_table(work: Exercise, member: Membership) -> None:
    start = factories.TEXT.index(SECOND)
    Reason.objects.bulk_create(
        Reason(
            uuid=uuid.uuid4(), exercise=work, article=work.articles.get(), start=start, end=start + 9, quote="x",
            text="x", member=member, when="before", made_at=factories.NOON, taken_back_at=factories.NOON,
        )
        for _ in range(MOST_ROWS)
    )  # fmt: skip
    assert refused(work, member, written()) == "many"


def test_who_was_removed_writes_nothing_more_and_is_not_read(work: Exercise, member: Membership) -> None:
    add(work, member, written())
    Membership.objects.filter(pk=member.pk).update(removed_at=factories.NOON)
    assert refused(work, member, written()) == "no_reader"
    assert standing() == []


def test_taken_back_twice_is_as_good_as_once_and_the_row_stays(work: Exercise, member: Membership) -> None:
    kept = add(work, member, written())
    first = reason_take_back(reason=kept).taken_back_at
    Reason.objects.update(taken_back_at=factories.NOON)
    assert first is not None
    assert reason_take_back(reason=kept).taken_back_at == factories.NOON
    assert Reason.objects.get().text == "You can count them."


def test_the_teacher_shows_hides_and_lets_it_wait_again(work: Exercise, member: Membership) -> None:
    kept = add(work, member, written())
    for state in ("shown", "hidden", "waiting", "shown"):
        now = reason_moderate(reason=kept, member=teacher_of(work), state=state)
        assert (now.state, now.moderated_by) == (state, teacher_of(work))
    Reason.objects.update(moderated_at=factories.NOON)
    assert reason_moderate(reason=kept, member=teacher_of(work), state="shown").moderated_at == factories.NOON


def test_what_was_taken_back_is_not_shown_any_more(work: Exercise, member: Membership) -> None:
    kept = reason_take_back(reason=add(work, member, written()))
    with pytest.raises(RuleError) as refusal:
        reason_moderate(reason=kept, member=teacher_of(work), state="shown")
    assert refusal.value.code == "taken_back"
    assert Reason.objects.get().state == "waiting"


def test_even_in_the_archive_a_reason_can_be_hidden(work: Exercise, member: Membership) -> None:
    kept = add(work, member, written())
    reason_moderate(reason=kept, member=teacher_of(work), state="shown")
    Exercise.objects.update(phase=Phase.ARCHIVED)
    assert reason_moderate(reason=kept, member=teacher_of(work), state="hidden").state == "hidden"


@pytest.mark.parametrize("leave", [member_anonymise, member_erase])
def test_who_is_made_nameless_or_erased_leaves_no_reason_and_others_keep_theirs(
    work: Exercise, member: Membership, leave: object
) -> None:
    reason_take_back(reason=add(work, member, written("Taken back.")))
    add(work, member, written("Mine."))
    add(work, factories.reader(work.classroom), written("Theirs."))
    record = leave(member=member, by=None)
    assert record.counts["reasons"] == 2
    assert standing() == [("Theirs.", "before", "waiting")]


def test_a_teacher_who_is_erased_leaves_what_was_shown(work: Exercise, member: Membership) -> None:
    left = Membership.objects.create(
        classroom=work.classroom, user=factories.teacher("ilse"), is_teacher=True, removed_at=factories.NOON
    )
    reason_moderate(reason=add(work, member, written()), member=left, state="shown")
    member_erase(member=left, by=None)
    kept = Reason.objects.get()
    assert kept.state == "shown"
    assert kept.moderated_by is not None
    assert "ilse" not in kept.moderated_by.user.username
