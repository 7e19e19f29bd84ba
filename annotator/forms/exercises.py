"""What arrives when an exercise is made or moved, and when a class or team is looked after."""

import re
import zoneinfo
from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotator.domain.lesson_walk import Stop, stop_read
from annotator.models import Classroom, CodebookVersion, Phase, Step
from annotator.services.setting_up import NewRoom

# More articles than this are no exercise but a course.
MOST_ARTICLES = 20
NEW_KINDS = {"new-class": Classroom.Kind.CLASS, "new-team": Classroom.Kind.TEAM}
STEP = re.compile(r"(add|remove|up|down):([0-9a-f-]{36})")


class StopField(forms.CharField):
    """A place of the lesson as a button sends it: `open`, `draft:lobby`, `draft:warm_up:2`."""

    def clean(self, value: object) -> Stop | None:
        """The place; nothing where nothing is asked for."""
        sent = super().clean(value)
        found = stop_read(sent)
        if found is None or found.phase not in Phase.values or found.step not in {"", *Step.values}:
            if not sent and not self.required:
                return None
            raise ValidationError(_("There is no such step."))
        return found


class MoveForm(forms.Form):
    """Where the lesson should go, and where it stood on the page that asks."""

    phase = StopField(max_length=30)
    here = StopField(max_length=30, required=False)


class ArchiveForm(forms.Form):
    """Into the archive or out of it."""

    do = forms.ChoiceField(choices=[("archive", "archive"), ("bring-back", "bring-back")])


class ReadTooForm(forms.Form):
    """The exercise one came from, to go back to."""

    exercise = forms.UUIDField(required=False)


class UuidsField(forms.Field):
    """Any number of UUIDs in order, each once; what is none is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: object) -> list[UUID]:
        """The UUIDs."""
        return uuids(value if isinstance(value, list) else [])


def uuids(values: Sequence[object]) -> list[UUID]:
    """What of this is a UUID, each once."""
    found = []
    for value in values:
        try:
            found.append(UUID(str(value)))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


@cache
def time_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """The IANA zones by region, for a list to choose from: `Europe` holds (`Europe/Oslo`, `Oslo`)."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zoneinfo.available_timezones()):
        region, _slash, place = name.partition("/")
        if place and region not in {"Etc", "SystemV", "US", "Brazil", "Canada", "Chile", "Mexico"}:
            regions.setdefault(region, []).append((name, place.replace("_", " ")))
    return [("UTC", [("UTC", "UTC")]), *regions.items()]


class NewExerciseForm(forms.Form):
    """A new exercise: articles in order, tags, who reads it, a title. `do` says which button was pressed."""

    use_required_attribute = False

    sent = forms.UUIDField(widget=forms.HiddenInput)
    article = UuidsField(required=False)
    # What it may hold is the importers' business.
    text = forms.Field(required=False)
    made_from = forms.UUIDField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(required=False, max_length=300)
    room = forms.CharField(
        error_messages={"required": gettext_lazy("Say who reads it: a class or team of yours, or a new one.")}
    )
    name = forms.CharField(
        required=False,
        max_length=120,
        error_messages={"max_length": gettext_lazy("That name is too long. Use at most 120 characters.")},
    )
    time_zone = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": gettext_lazy("We do not know this time zone. Choose one from the list.")},
    )
    codebook = forms.UUIDField()
    title = forms.CharField(
        required=False,
        max_length=150,
        error_messages={"max_length": gettext_lazy("That title is too long. Use at most 150 characters.")},
    )

    def __init__(
        self, *args: Any, rooms: Sequence[Classroom], codebooks: Sequence[CodebookVersion], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = {str(room.uuid): room for room in rooms}
        self.codebooks = {each.uuid: each for each in codebooks}
        self.fields["time_zone"] = forms.ChoiceField(
            required=False,
            choices=time_zones(),
            error_messages=self.fields["time_zone"].error_messages,
            widget=forms.Select(attrs={"class": "input", "data-time-zone": ""}),
        )

    def clean_article(self) -> list[UUID]:
        """Not too many."""
        chosen: list[UUID] = self.cleaned_data["article"]
        if len(chosen) > MOST_ARTICLES:
            raise ValidationError(
                _("That is a lot to read. Choose at most %(most)s articles."), params={"most": MOST_ARTICLES}
            )
        return chosen

    def clean_room(self) -> Classroom | str:
        """A class or team of one's own, or one of the two new ones."""
        room: str = self.cleaned_data["room"]
        if room in NEW_KINDS:
            return room
        if room not in self.rooms:
            raise ValidationError(_("That class is not there any more. Choose who reads it once again."))
        return self.rooms[room]

    def clean_codebook(self) -> CodebookVersion:
        """One of those on offer."""
        version = self.codebooks.get(self.cleaned_data["codebook"])
        if version is None:
            raise ValidationError(_("That codebook is not there any more. Choose one from the list."))
        return version

    def clean(self) -> dict[str, Any]:
        """There is something to read, and a new class or team has a name."""
        if not self.cleaned_data.get("article") and "article" not in self.errors and not self.has_text():
            self.add_error("article", _("Paste a text, or choose at least one article to read."))
        is_nameless = "name" not in self.errors and not (self.cleaned_data.get("name") or "").strip()
        if self.cleaned_data.get("room") in NEW_KINDS and is_nameless:
            self.add_error("name", _("Give it a name, so that you and the others know it again."))
        return self.cleaned_data

    def has_text(self) -> bool:
        """Whether a text was pasted."""
        return bool((self.cleaned_data.get("text") or "").strip())

    def classroom(self) -> Classroom | NewRoom:
        """Who reads, of a valid form."""
        room: Classroom | str = self.cleaned_data["room"]
        if isinstance(room, Classroom):
            return room
        zone = self.cleaned_data["time_zone"] or "UTC"
        return NewRoom(name=self.cleaned_data["name"], kind=NEW_KINDS[room], time_zone=zone)


def articles_after(chosen: list[UUID], do: str) -> list[UUID]:
    """The articles after one press: added at the end, taken away, or moved one place up or down."""
    step = STEP.fullmatch(do)
    named = uuids([step[2]]) if step else []
    if step is None or not named:
        return chosen
    kind, uuid = step[1], named[0]
    if kind == "add":
        return [*chosen, *(each for each in named if each not in chosen)]
    if uuid not in chosen:
        return chosen
    place = chosen.index(uuid)
    rest = [each for each in chosen if each != uuid]
    if kind == "remove":
        return rest
    place = max(0, place - 1) if kind == "up" else place + 1
    return [*rest[:place], uuid, *rest[place:]]
