"""What a reading's stored operations can undo and redo, so that both survive a reload."""

from collections.abc import Iterable
from typing import Any

from annotator.domain.spans import quote_ends
from annotator.models import Reading, SpanOperation

Kind = SpanOperation.Kind
# How far back undo goes, and how many operations are read to find out.
MOST_STEPS = 100
MOST_ROWS = 400


def history(reading: Reading, text: str) -> dict[str, list[dict[str, Any]]]:
    """{"undo": […], "redo": […]}, newest last: each step has the operation's UUID and its inverse. One query."""
    rows = SpanOperation.objects.filter(reading=reading).select_related("span", "undoes").order_by("-pk")
    rows = rows.only("uuid", "kind", "before", "after", "span__uuid", "undoes__uuid")[:MOST_ROWS]
    undo, redo = stacks(reversed(list(rows)))
    return {"undo": [step(row, text) for row in undo], "redo": [step(row, text) for row in redo]}


def stacks(operations: Iterable[SpanOperation]) -> tuple[list[SpanOperation], list[SpanOperation]]:
    """Replay: a new operation clears redo; taking one back moves it to the other side."""
    undo: list[SpanOperation] = []
    redo: list[SpanOperation] = []
    for operation in operations:
        undone = operation.undoes_id
        if undone is not None and remove(undo, undone):
            redo.append(operation)
        elif undone is not None and remove(redo, undone):
            undo.append(operation)
        else:
            undo.append(operation)
            redo.clear()
    return undo[-MOST_STEPS:], redo[-MOST_STEPS:]


def remove(stack: list[SpanOperation], key: int) -> bool:
    """Take the operation out of the stack, if it is there."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].pk == key:
            del stack[place]
            return True
    return False


def step(operation: SpanOperation, text: str) -> dict[str, Any]:
    """The operation's UUID, and what to send (with a new UUID) to take it back."""
    inverse: dict[str, Any] = {"span": str(operation.span.uuid), "undoes": str(operation.uuid)}
    if operation.kind in {Kind.ADD, Kind.RESTORE}:
        inverse["op"] = Kind.DELETE.value
    elif operation.kind == Kind.DELETE:
        inverse["op"] = Kind.RESTORE.value
    else:
        inverse["op"] = operation.kind
        inverse |= operation.before
    if operation.kind == Kind.MOVE:
        inverse["quote_start"], inverse["quote_end"] = quote_ends(text[inverse["start"] : inverse["end"]])
    return {"uuid": str(operation.uuid), "inverse": inverse}
