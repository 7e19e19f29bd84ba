"""What arrives when articles are looked for, added, checked and described."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotator.domain.draft_blocks import Screen, Step
from annotator.domain.whole_numbers import whole_number
from annotator.reports.languages import language_choices
from annotator.reports.library import MOST_SHOWN, ORDERS, UNUSED, LibraryQuestion
from annotator.services.articles import Facts

INPUT = {"class": "input"}
MARKED = _("Look at what is marked below.")


class LibraryForm(forms.Form):
    """The search line of the library. A field that makes no sense counts as left empty: a link never breaks."""

    q = forms.CharField(required=False, max_length=300)
    publication = forms.CharField(required=False, max_length=200, strip=False)
    language = forms.CharField(required=False, max_length=35)
    used = forms.CharField(required=False, max_length=36)
    year = forms.IntegerField(required=False, min_value=1, max_value=9998)
    order = forms.ChoiceField(required=False, choices=[(name, name) for name in ORDERS])
    shown = forms.IntegerField(required=False, min_value=1, max_value=MOST_SHOWN)

    def clean_used(self) -> str:
        """A classroom's UUID, or the word for none."""
        used: str = self.cleaned_data["used"]
        if used and used != UNUSED:
            try:
                return str(UUID(used))
            except ValueError as error:
                raise ValidationError(_("There is no such classroom.")) from error
        return used

    def question(self) -> LibraryQuestion:
        """What was asked."""
        self.is_valid()
        return LibraryQuestion(**{name: value for name, value in self.cleaned_data.items() if value})


class FactsForm(forms.Form):
    """What is known about an article; its text is never among it."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        widget=forms.TextInput(attrs=INPUT),
        error_messages={"required": _("Give the article a title, so that people find it.")},
    )
    publication = forms.CharField(
        label=_("Publication"), max_length=200, required=False, widget=forms.TextInput(attrs=INPUT)
    )
    author = forms.CharField(label=_("Author"), max_length=300, required=False, widget=forms.TextInput(attrs=INPUT))
    published = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs=INPUT | {"type": "date"}),
        error_messages={"invalid": _("Write the date as year-month-day, for example 2026-03-06.")},
    )
    language = forms.ChoiceField()
    address = forms.CharField(
        label=_("Address"),
        max_length=2000,
        required=False,
        widget=forms.URLInput(attrs=INPUT | {"placeholder": "https://"}),
        validators=[URLValidator(schemes=["http", "https"], message=_("Write the whole address, beginning https://"))],
    )

    def __init__(self, *args: Any, stored_language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            required=False,
            choices=language_choices(stored_language),
            widget=forms.Select(attrs=INPUT),
        )

    def facts(self) -> Facts:
        """What a valid form says."""
        return Facts(**self.cleaned_data)

    def focus_first_error(self) -> None:
        """Put the cursor where something is to be mended."""
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs["autofocus"] = True
                return


class AddForm(forms.Form):
    """A pasted text or a file. The text arrives untouched: what it may hold is the importers' business."""

    text = forms.Field(required=False)
    file = forms.FileField(required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        has_text, has_file = bool((self.cleaned_data.get("text") or "").strip()), bool(self.cleaned_data.get("file"))
        if has_text and has_file:
            raise ValidationError(
                _("You pasted a text and chose a file as well. Empty the text box to use the file, or press again "
                  "to use the text: the file has to be chosen anew each time.")
            )  # fmt: skip
        if not has_text and not has_file:
            raise ValidationError(_("There is nothing here yet. Paste the text of an article, or choose its file."))
        return self.cleaned_data


class StepForm(forms.Form):
    """One press in the preview."""

    do = forms.RegexField(
        r"\A(?:(?:tick|keep|leave):[0-9]{1,6}|(?:open|close|join|split):[0-9]{1,9}|split:[0-9]{1,9}:[0-9]{1,9}|facts)\Z"
    )

    def step(self) -> Step:
        """What was pressed, and where; the place of a split may stand in the opened block's own field."""
        do, *numbers = self.cleaned_data["do"].split(":")
        first = int(numbers[0]) if numbers else 0
        if do in {"tick", "keep", "leave"}:
            return Step(do=do, group=first)
        place = numbers[1] if len(numbers) > 1 else self.data.get(f"place-{first}", "")
        return Step(do=do, block=first, place=number(place))


def screen(data: QueryDict) -> Screen:
    """What the preview showed: version 0, which no draft has, where the request does not say."""
    typed = {number(name[6:]): str(data.get(name)) for name in data if re.fullmatch(r"words-\d{1,9}", name)}
    kept = frozenset(number(value) for value in data.getlist("kept")) if "ticks" in data else None
    return Screen(version=number(data.get("version", "")), kept=kept, words=typed)


def number(value: str) -> int:
    """A small whole number, else 0."""
    return whole_number(value, 9) or 0
