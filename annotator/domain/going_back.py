"""Going back to an earlier moment of a reading: what stood then, and the fewest changes that make it stand again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

ADD, RELABEL, MOVE, DETAIL, DELETE, RESTORE = "add", "relabel", "move", "detail", "delete", "restore"


@dataclass(frozen=True, slots=True)
class State:
    """A highlight at one moment; a highlight that was not yet made counts as deleted."""

    label: str
    start: int
    end: int
    is_deleted: bool
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """An operation as history keeps it: `before` holds what the fields it changed were."""

    key: int
    kind: str
    before: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Change:
    """One operation to make on the highlight `key`, with the `fields` it sets."""

    key: int
    kind: str
    fields: Mapping[str, object] = field(default_factory=dict)


def state_before(now: Mapping[int, State], done: Iterable[Done]) -> dict[int, State]:
    """What stood before `done`, newest first, was done to what stands `now`; only the highlights that it touched."""
    found: dict[int, State] = {}
    for each in done:
        found[each.key] = taken_back(found.get(each.key, now[each.key]), each)
    return found


def taken_back(state: State, done: Done) -> State:
    """The state before one operation."""
    before = dict(done.before)
    if done.kind in {ADD, RESTORE}:
        return replace(state, is_deleted=True)
    if done.kind == DELETE:
        return replace(state, is_deleted=False)
    if done.kind == DETAIL:
        return replace(state, details={**state.details, **before})
    return replace(state, **before)  # type: ignore[arg-type]  # a relabelling keeps the label, a move both ends


def changes(now: Mapping[int, State], wanted: Mapping[int, State]) -> list[Change]:
    """The fewest operations that lead from `now` to `wanted`; highlights that change places may refuse each other.

    First goes what must go, then what stands is changed, then comes back what was deleted; details come last, because
    a claim can only rest on an attribution that stands.
    """
    gone = [key for key, state in wanted.items() if state.is_deleted and not now[key].is_deleted]
    kept = [key for key, state in wanted.items() if not state.is_deleted]
    standing = [key for key in kept if not now[key].is_deleted]
    returning = [key for key in kept if now[key].is_deleted]
    found = [Change(key, DELETE) for key in gone]
    for key in standing:
        found += place_changes(key, now[key], wanted[key])
    for key in returning:
        found += [Change(key, RESTORE), *place_changes(key, now[key], wanted[key])]
    return found + [each for key in kept for each in detail_changes(key, now[key], wanted[key])]


def one_by_one(done: Iterable[Done]) -> list[Change]:
    """Every operation taken back by itself, `done` newest first.

    Longer than `changes`, but what stands after each of these stood once: no two are ever in each other's way.
    """
    return [inverse(each) for each in done]


def inverse(done: Done) -> Change:
    """What takes one operation back."""
    if done.kind in {ADD, RESTORE}:
        return Change(done.key, DELETE)
    return Change(done.key, RESTORE) if done.kind == DELETE else Change(done.key, done.kind, done.before)


def place_changes(key: int, now: State, wanted: State) -> list[Change]:
    """Tag and edges."""
    found = []
    if now.label != wanted.label:
        found.append(Change(key, RELABEL, {"label": wanted.label}))
    if (now.start, now.end) != (wanted.start, wanted.end):
        found.append(Change(key, MOVE, {"start": wanted.start, "end": wanted.end}))
    return found


def detail_changes(key: int, now: State, wanted: State) -> list[Change]:
    """Note, source and the like, all in one operation."""
    fields = {name: value for name, value in wanted.details.items() if now.details.get(name) != value}
    return [Change(key, DETAIL, fields)] if fields else []
