"""What arrives at a class's door: changes by who teaches, codes and names of those who join."""

import zoneinfo
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.domain.roster import MOST_ROWS


class DoorForm(forms.Form):
    """One change to the door; `until` is a time by the class's clock, `next` where to go afterwards."""

    do = forms.ChoiceField(choices=[(each, each) for each in ("open", "lock", "unlock", "renew", "keep")])
    until = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    next = forms.CharField(required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zoneinfo.ZoneInfo(zone)

    def clean_until(self) -> datetime | None:
        """By the class's clock, whatever the installation's."""
        until: datetime | None = self.cleaned_data["until"]
        return None if until is None else timezone.make_naive(until).replace(tzinfo=self.zone)

    def sentence(self) -> str:
        """What is wrong."""
        if "until" in self.errors:
            return _("That is no day and time. Write it like 2026-03-09T16:00.")
        return _("This form was not complete. Go back, reload the page, try again.")


class JoinForm(forms.Form):
    """A name to read under: `pick` is an offered name, "own" with a typed one, or "list" with an entry of the list."""

    do = forms.CharField(required=False)
    offer = forms.CharField(required=False)
    pick = forms.CharField(required=False, max_length=200)
    own = forms.CharField(required=False, max_length=400)
    listed = forms.UUIDField(required=False)

    def choice(self) -> dict[str, Any]:
        """The name that was picked or typed, or the entry of the list; nothing where it makes no sense."""
        given = self.cleaned_data
        if given.get("pick") == "list":
            return {"listed": given.get("listed")}
        return {"name": given.get("own", "") if given.get("pick") == "own" else given.get("pick", "")}


class ResumeForm(forms.Form):
    """What brings a reader back: the class's code unless a link brought it, the name, the resume code."""

    code = forms.CharField(required=False, max_length=200)
    name = forms.CharField(required=False, max_length=400)
    resume = forms.CharField(required=False, max_length=200)


class NameForm(forms.Form):
    """Another name for a pupil."""

    name = forms.CharField(max_length=400)


class MergeForm(forms.Form):
    """The membership that is kept."""

    into = forms.UUIDField()


class RosterForm(forms.Form):
    """Names, one a line, or a file of them."""

    names = forms.CharField(required=False, max_length=100_000)
    file = forms.FileField(required=False, allow_empty_file=True)


class RosterEntryForm(forms.Form):
    """One entry of the class list."""

    name = forms.CharField(required=False, max_length=400)
    student_ref = forms.CharField(required=False, max_length=400)
    section = forms.CharField(required=False, max_length=400)


class RosterRowsForm(forms.Form):
    """The rows that were looked at, as the page brought them back."""

    rows = forms.JSONField()

    def clean_rows(self) -> list[dict[str, str]]:
        """Rows of text under the names of a row's parts, and nothing else."""
        rows = self.cleaned_data["rows"]
        parts = {"name", "student_ref", "external_id", "section"}
        is_list = isinstance(rows, list) and len(rows) <= MOST_ROWS and all(isinstance(row, dict) for row in rows)
        if not is_list or not all(set(row) == parts and all(map(is_text, row.values())) for row in rows):
            raise forms.ValidationError("rows")
        return list(rows)


def is_text(value: object) -> bool:
    """Whether a value of a form's JSON is text."""
    return isinstance(value, str)


class CardsForm(forms.Form):
    """How many blank cards to print beside those with a name."""

    blank = forms.IntegerField(required=False, min_value=0, max_value=60)
