"""The details of a highlight: what its note, source, confidence and reporter may hold."""

import re
from collections.abc import Mapping
from uuid import UUID

from annotator.domain.details import ATTRIBUTION
from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Span
from annotator.services.span_workbench import Workbench

NOTE_LENGTH = 1000
NAME_LENGTH = 200
CONFIDENCES = {None, 1, 2, 3}
# What no database row or CSV cell should hold: control characters but tab and line feed, and halves of a character.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
KIND = re.compile(r"(?:[a-z][a-z0-9_-]{0,39})?\Z")


def detail_changes(
    bench: Workbench, span: Span, details: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """Set the given fields that differ on `span`; their old and new values, in a form that JSON can hold."""
    wanted = {name: CHECKS[name](value) for name, value in details.items() if name in CHECKS}
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    if "reported_by" in details:
        link_reporter(bench, span, details["reported_by"], before, after)
    for name, value in wanted.items():
        if getattr(span, name) != value:
            before[name], after[name] = getattr(span, name), value
            setattr(span, name, value)
    return before, after


def link_reporter(
    bench: Workbench, span: Span, target: object, before: dict[str, object], after: dict[str, object]
) -> None:
    """Point `span` at the attribution of the same reading that says who reported it, or at none."""
    found = None if target is None else reporter(bench, span, target)
    old = span.reported_by
    if found != old:
        before["reported_by"] = str(old.uuid) if old else None
        after["reported_by"] = str(found.uuid) if found else None
        span.reported_by = found


def reporter(bench: Workbench, span: Span, target: object) -> Span:
    """A current attribution of this reading, not the span itself."""
    found = bench.spans.get(target) if isinstance(target, UUID) else None
    is_own = found is not None and found.reading_id == bench.reading.pk and found.deleted_at is None
    if found is None or not is_own or found.uuid == span.uuid or bench.slugs[found.label_id] != ATTRIBUTION:
        raise RuleError(gettext_noop("Choose one of your own attributions as the source."), code="no_reporter")
    return found


def note(value: object) -> str:
    """A note of at most 1,000 characters."""
    return text(value, NOTE_LENGTH)


def source_name(value: object) -> str:
    """A name of at most 200 characters."""
    return text(value, NAME_LENGTH)


def text(value: object, most: int) -> str:
    """`value` without white space around it, in characters that every file can hold."""
    words = str(value).replace("\r\n", "\n").strip()
    if UNFIT.search(words):
        raise RuleError(gettext_noop("This text holds a character that cannot be saved. Type it again."), code="unfit")
    if len(words) > most:
        raise RuleError(
            gettext_noop("This is too long: %(length)d characters, and %(most)d fit. Shorten it a little."),
            code="too_long", length=len(words), most=most,
        )  # fmt: skip
    return words


def source_kind(value: object) -> str:
    """A slug such as named_person, or nothing."""
    if not isinstance(value, str) or not KIND.match(value):
        raise RuleError(gettext_noop("Choose one of the kinds of source."), code="no_kind")
    return value


def confidence(value: object) -> int | None:
    """1, 2, 3 or unsaid."""
    if value not in CONFIDENCES:
        raise RuleError(gettext_noop("Say how sure you are with 1, 2 or 3, or leave it out."), code="no_confidence")
    return value if isinstance(value, int) else None


CHECKS = {"note": note, "source_name": source_name, "source_kind": source_kind, "confidence": confidence}
# What is said of the highlight itself, and with it the link to another: that one means something in its reading alone.
OWN_DETAILS = tuple(CHECKS)
DETAILS = (*OWN_DETAILS, "reported_by")
