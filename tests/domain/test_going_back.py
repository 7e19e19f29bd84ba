"""Going back: what stood at an earlier moment, and the fewest changes that lead there."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.going_back import Change, Done, State, changes, one_by_one, state_before

CLAIM = State("claim", 10, 20, is_deleted=False, details={"note": ""})


def test_a_highlight_made_since_is_deleted_and_one_deleted_since_comes_back() -> None:
    now = {1: CLAIM, 2: State("opinion", 30, 40, is_deleted=True)}
    then = state_before(now, [Done(2, "delete", {}), Done(1, "add", {})])
    assert changes(now, then) == [Change(1, "delete"), Change(2, "restore")]


def test_back_and_forth_is_no_change_at_all() -> None:
    now = {1: CLAIM}
    done = [Done(1, "relabel", {"label": "opinion"}), Done(1, "relabel", {"label": "claim"}),
            Done(1, "restore", {}), Done(1, "delete", {})]  # fmt: skip
    assert changes(now, state_before(now, done)) == []


def test_tag_edges_and_details_each_take_one_change_however_often_they_were_changed() -> None:
    now = {1: State("claim", 12, 22, is_deleted=False, details={"note": "three", "confidence": 2})}
    done = [
        Done(1, "detail", {"note": "two"}), Done(1, "move", {"start": 11, "end": 22}),
        Done(1, "detail", {"note": "one", "confidence": None}), Done(1, "move", {"start": 10, "end": 20}),
        Done(1, "relabel", {"label": "opinion"}),
    ]  # fmt: skip
    assert changes(now, state_before(now, done)) == [
        Change(1, "relabel", {"label": "opinion"}),
        Change(1, "move", {"start": 10, "end": 20}),
        Change(1, "detail", {"note": "one", "confidence": None}),
    ]


def test_what_goes_makes_room_before_what_comes_back_and_links_come_last() -> None:
    now = {
        1: State("claim", 10, 20, is_deleted=False, details={"reported_by": None}),
        2: State("attribution", 0, 9, is_deleted=True),
        3: State("attribution", 0, 9, is_deleted=False),
    }
    done = [Done(3, "add", {}), Done(2, "delete", {}), Done(1, "detail", {"reported_by": "two"})]
    assert changes(now, state_before(now, done)) == [
        Change(3, "delete"), Change(2, "restore"), Change(1, "detail", {"reported_by": "two"}),
    ]  # fmt: skip


STEPS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(["relabel", "move", "detail", "delete", "restore"]), st.integers(0, 4))
)


def done_to(state: State, kind: str, value: int) -> tuple[State, dict[str, object]] | None:
    """The state after an operation and what its history keeps; None where it would be refused or change nothing."""
    if kind in {"delete", "restore"}:
        is_deleted = kind == "delete"
        return None if state.is_deleted is is_deleted else (replace(state, is_deleted=is_deleted), {})
    if state.is_deleted:
        return None
    after, before = {
        "relabel": (replace(state, label=f"l{value}"), {"label": state.label}),
        "move": (replace(state, start=value, end=value + 5), {"start": state.start, "end": state.end}),
        "detail": (replace(state, details={"note": str(value)}), {"note": state.details["note"]}),
    }[kind]
    return None if after == state else (after, before)


def changed(state: State, change: Change) -> State:
    """The state once a change is made."""
    if change.kind in {"delete", "restore"}:
        return replace(state, is_deleted=change.kind == "delete")
    if change.kind == "detail":
        return replace(state, details={**state.details, **change.fields})
    return replace(state, **change.fields)


def lived(steps: list[tuple[int, str, int]]) -> tuple[list[Done], list[dict[int, State]]]:
    """What a history of such steps keeps, and how all stood before and after each of them."""
    states = {key: State("l0", key, key + 9, False, {"note": ""}) for key in (1, 2, 3)}
    done: list[Done] = []
    at: list[dict[int, State]] = [dict(states)]
    for key, kind, value in steps:
        result = done_to(states[key], kind, value)
        if result:
            states[key] = result[0]
            done.append(Done(key, kind, result[1]))
            at.append(dict(states))
    return done, at


@given(STEPS, st.integers(0, 30))
def test_any_moment_of_any_history_is_found_again(steps: list[tuple[int, str, int]], moment: int) -> None:
    done, at = lived(steps)
    states, moment = dict(at[-1]), min(moment, len(done))
    then = {**states, **state_before(states, reversed(done[moment:]))}
    assert then == at[moment]
    # The changes lead there: of a highlight that goes, only its being gone counts.
    for change in changes(states, then):
        states[change.key] = changed(states[change.key], change)
    for key, wanted in at[moment].items():
        assert states[key].is_deleted is wanted.is_deleted
        assert wanted.is_deleted or states[key] == wanted


@given(STEPS)
def test_one_by_one_all_stands_again_as_it_stood_in_between(steps: list[tuple[int, str, int]]) -> None:
    done, at = lived(steps)
    states = at[-1]
    for change, before in zip(one_by_one(reversed(done)), reversed(at[:-1]), strict=True):
        states = {**states, change.key: changed(states[change.key], change)}
        assert states == before
