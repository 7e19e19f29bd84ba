"""What arrives while a lesson runs: presses on its clock, extra time, whom to nudge, its switches."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PRESSES = r"\A(?:pause|resume|last|off|set|longer:(?P<seen>\d{1,12}))\Z"


class ClockForm(forms.Form):
    """A press on the clock; `due` is a local time of the class without a zone of its own."""

    press = forms.RegexField(PRESSES, strip=False)
    minutes = forms.IntegerField(
        required=False,
        error_messages={"invalid": gettext_lazy("Write the minutes as a number, such as 20.")},
    )
    due = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": gettext_lazy("Write the day and the time like 2027-03-09 16:00.")},
    )

    def clean(self) -> dict[str, Any]:
        """`press` without the end that was seen, which is `seen`."""
        press, _colon, seen = self.cleaned_data.get("press", "").partition(":")
        due = self.cleaned_data.get("due")
        return {**self.cleaned_data, "press": press, "seen": int(seen or 0), "due": due and due.replace(tzinfo=None)}


class ExtraTimeForm(forms.Form):
    """The extra time in all, in seconds."""

    extra = forms.IntegerField(min_value=1, max_value=86_400)


class NudgeForm(forms.Form):
    """One reader, or all who are at work."""

    member = forms.UUIDField(required=False)
    who = forms.ChoiceField(required=False, choices=[("all", "all")])

    def clean(self) -> dict[str, Any]:
        """Somebody."""
        if not self.cleaned_data.get("member") and not self.cleaned_data.get("who"):
            raise ValidationError(_("Say whom to nudge."))
        return self.cleaned_data


class SwitchesForm(forms.Form):
    """What the lesson is made of: boxes, a missing one is off. Without a join code there is no box for late joining."""

    late_joining = forms.BooleanField(required=False)

    shows_clock = forms.BooleanField(required=False)
    asks_sources = forms.BooleanField(required=False)
    asks_links = forms.BooleanField(required=False)
    asks_confidence = forms.BooleanField(required=False)
    has_warm_up = forms.BooleanField(required=False)
    has_discussion = forms.BooleanField(required=False)
    has_revision = forms.BooleanField(required=False)
    shows_class_while_revising = forms.BooleanField(required=False)
    has_key = forms.BooleanField(required=False)
    shows_score = forms.BooleanField(required=False)


class WordsForm(forms.Form):
    """The exit question and the points."""

    exit_question = forms.CharField(required=False)
    points = forms.IntegerField(
        min_value=0, max_value=1000,
        error_messages={
            each: gettext_lazy("Points are a number from 0 to 1000.")
            for each in ("required", "invalid", "min_value", "max_value")
        },
    )  # fmt: skip
    key_points = forms.IntegerField(
        min_value=0, max_value=1000,
        error_messages={
            each: gettext_lazy("Points for the key are a number from 0 to all points.")
            for each in ("required", "invalid", "min_value", "max_value")
        },
    )  # fmt: skip


# The fields a person fills in; whatever is wrong with the others was not typed.
TYPED = ["minutes", "due", "points", "key_points"]


def first_problem(form: forms.Form) -> str:
    """The first sentence of a form that is not valid."""
    typed = [str(form.errors[name][0]) for name in TYPED if name in form.errors]
    return typed[0] if typed else _("This form was not complete. Reload the page and try again.")
