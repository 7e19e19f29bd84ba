"""What arrives at the annotate screen: operations as JSON, and the plain forms of cards and sentences."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import SpanOperation
from annotator.services.span_details import DETAILS
from annotator.services.span_workbench import Operation, Page

MOST_OPERATIONS = 50
# An operation names so many earlier ones at most that it was made after.
MOST_AFTER = 100
# Fifty operations with a long note each fit; more than this is no page of ours.
MOST_BYTES = 512 * 1024


class MalformedError(RuleError):
    """Not what our pages send."""


class TooManyError(RuleError):
    """More operations than fit one request."""


@dataclass(frozen=True, slots=True)
class OperationsRequest:
    """A request to save: under whose key it was kept, what the page believes it shows, and what to do."""

    member_key: str
    page: Page
    operations: list[Operation]


def operations_request(body: bytes) -> OperationsRequest:
    """Read a request; MalformedError or TooManyError say what is wrong with it."""
    try:
        content = json.loads(body, parse_constant=no_constant)
    except (ValueError, RecursionError) as error:
        raise malformed() from error
    if not isinstance(content, dict) or not isinstance(content.get("operations"), list):
        raise malformed()
    if len(content["operations"]) > MOST_OPERATIONS:
        raise TooManyError(gettext_noop("Too many changes at once: send at most 50."), code="too_many")
    if not content["operations"]:
        raise malformed()
    return OperationsRequest(
        member_key=text(content.get("member_key")),
        page=Page(
            text_sha256=text(content.get("text_sha256")),
            codebook_version=uuid(content.get("codebook_version")),
        ),
        operations=[operation(item) for item in content["operations"]],
    )


def operation(item: object) -> Operation:
    """One operation, its fields of the right types; what they may hold is for the service to say."""
    if not isinstance(item, dict) or item.get("op") not in SpanOperation.Kind.values:
        raise malformed()
    kind = item["op"]
    given: dict[str, object] = {name: read(item.get(name)) for name, read in FIELDS[kind].items()}
    return Operation(
        uuid=uuid(item.get("uuid")),
        kind=kind,
        span=uuid(item.get("span")),
        details=details(item) if kind == SpanOperation.Kind.DETAIL else {},
        undoes=None if item.get("undoes") is None else uuid(item["undoes"]),
        base_version=None if item.get("base_version") is None else number(item["base_version"]),
        after=uuids(item.get("after", [])),
        **given,  # type: ignore[arg-type]  # FIELDS pairs each name with a reader of its type
    )


def details(item: dict[str, object]) -> dict[str, object]:
    """The details given: text, a number or null, a UUID or null."""
    found: dict[str, object] = {}
    for name in DETAILS:
        if name not in item:
            continue
        value = item[name]
        if name == "reported_by":
            found[name] = None if value is None else uuid(value)
        elif name == "confidence":
            found[name] = None if value is None else number(value)
        else:
            found[name] = text(value)
    return found


def text(value: object) -> str:
    """A string."""
    return value if isinstance(value, str) else no_value()


def number(value: object) -> int:
    """A whole number; true and false are none, though Python counts them as such."""
    return value if isinstance(value, int) and not isinstance(value, bool) else no_value()


def uuid(value: object) -> UUID:
    """A UUID in its usual writing."""
    try:
        return UUID(text(value))
    except ValueError as error:
        raise malformed() from error


def uuids(value: object) -> tuple[UUID, ...]:
    """A list of UUIDs, not too long."""
    if not isinstance(value, list) or len(value) > MOST_AFTER:
        raise malformed()
    return tuple(map(uuid, value))


def no_value() -> NoReturn:
    """A field of another type than agreed."""
    raise malformed()


def no_constant(name: str) -> NoReturn:
    """NaN and Infinity, which Python reads and JSON does not know."""
    raise ValueError(name)


def malformed() -> MalformedError:
    """The one sentence for all of it."""
    return MalformedError(
        gettext_noop("This page sent something unreadable. Reload it and try again."), code="malformed"
    )


EXTENT: dict[str, Callable[[object], object]] = {
    "start": number, "end": number, "quote_start": text, "quote_end": text,
}  # fmt: skip
FIELDS: dict[str, dict[str, Callable[[object], object]]] = {
    SpanOperation.Kind.ADD: {"label": text, **EXTENT},
    SpanOperation.Kind.RELABEL: {"label": text},
    SpanOperation.Kind.MOVE: EXTENT,
    SpanOperation.Kind.DETAIL: {},
    SpanOperation.Kind.DELETE: {},
    SpanOperation.Kind.RESTORE: {},
}


class SlugsField(forms.Field):
    """Any number of label slugs; whether the codebook has them is for the service to say."""

    widget = forms.SelectMultiple

    def clean(self, value: object) -> list[str]:
        """The slugs, each once."""
        return list(dict.fromkeys(map(str, value))) if isinstance(value, list) else []


class WasField(SlugsField):
    """Highlights as `slug UUID`."""

    def clean(self, value: object) -> dict[str, list[UUID]]:  # type: ignore[override]
        """The highlights by label."""
        found: dict[str, list[UUID]] = {}
        for item in super().clean(value):
            slug, _space, name = item.partition(" ")
            try:
                found.setdefault(slug, []).append(UUID(name))
            except ValueError as error:
                raise forms.ValidationError(_("This highlight does not exist.")) from error
        return found


class SpanForm(forms.Form):
    """A card's plain form: one operation on one highlight; `open` is the number of the one that the page shows open."""

    do = forms.ChoiceField(choices=[(kind, kind) for kind in ("relabel", "detail", "delete", "restore", "move")])
    operation = forms.UUIDField()
    undoes = forms.UUIDField(required=False)
    version = forms.IntegerField(required=False, min_value=1)
    label = forms.CharField(required=False, max_length=40)
    note = forms.CharField(required=False, strip=True)
    source_name = forms.CharField(required=False, strip=True)
    source_kind = forms.CharField(required=False, max_length=40)
    confidence = forms.IntegerField(required=False)
    reported_by = forms.UUIDField(required=False)
    start = forms.IntegerField(required=False, min_value=0, max_value=2**31)
    end = forms.IntegerField(required=False, min_value=0, max_value=2**31)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    open = forms.IntegerField(required=False, min_value=1, max_value=10**9)
    then = forms.ChoiceField(choices=[(page, page) for page in ("reading", "sentences", "history")], required=False)

    def details(self) -> dict[str, object]:
        """The details that a valid form brings along; what it has no field for stays as it is."""
        return {name: self.cleaned_data[name] for name in DETAILS if name in self.data}


class BackForm(forms.Form):
    """The step of one's own history to go back to; without one, the beginning."""

    operation = forms.UUIDField()
    to = forms.UUIDField(required=False)


class SentenceForm(forms.Form):
    """One sentence's tags; `was` says what the page showed: `claim UUID` for each highlight there."""

    form = forms.UUIDField()
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    label = SlugsField(required=False)
    was = WasField(required=False)
    at = forms.IntegerField(required=False, min_value=0)
    open = forms.IntegerField(required=False, min_value=1, max_value=10**9)


class StepForm(forms.Form):
    """Undo or redo: the step that the page showed as the newest."""

    way = forms.ChoiceField(choices=[("undo", "undo"), ("redo", "redo")])
    step = forms.UUIDField()
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    open = forms.IntegerField(required=False, min_value=1, max_value=10**9)
