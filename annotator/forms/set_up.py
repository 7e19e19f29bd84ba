"""What a lesson is made of, as the set-up of an exercise asks for it; a newcomer leaves all of it as it is."""

import zoneinfo
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotator.models import Distribution, Exercise
from annotator.services.exercises import MOST_POINTS
from annotator.services.setting_up import MOST_DEALT, Plan

SWITCHES = (
    "has_warm_up", "has_discussion", "has_revision", "has_key", "shows_class_while_revising", "shows_score",
    "asks_sources", "asks_links", "asks_confidence",
)  # fmt: skip
SETTINGS = (*SWITCHES, "exit_question", "points", "key_points")
BY_LENGTH, NO_TIMER = "length", "none"
MINUTES = (5, 8, 10, 12, 15, 20, 25, 30, 40, 45, 60)
# Homework is due in a week, in the evening, unless something else is said.
DUE_DAYS, DUE_TIME = 7, time(18, 0)

MINUTES_CHOICES = [
    (BY_LENGTH, gettext_lazy("By the length of the text, 12 to 20 minutes")),
    (NO_TIMER, gettext_lazy("No timer")),
    *((str(minutes), gettext_lazy("%s minutes") % minutes) for minutes in MINUTES),
]
DEALING = [
    ("all", gettext_lazy("Everybody reads every article")),
    ("each", gettext_lazy("Each reader gets so many of them")),
    ("overlap", gettext_lazy("Each article gets so many readers")),
]
NOT_A_NUMBER = gettext_lazy("Write a whole number from 1 to 500.")
NO_POINTS = gettext_lazy("Points go from 0 to 1,000.")


def switch() -> forms.BooleanField:
    """One that is on or off."""
    return forms.BooleanField(required=False)


def few() -> forms.IntegerField:
    """How many articles or readers."""
    messages = {"invalid": NOT_A_NUMBER, "min_value": NOT_A_NUMBER, "max_value": NOT_A_NUMBER}
    return forms.IntegerField(required=False, min_value=1, max_value=MOST_DEALT, error_messages=messages)


def up_to_most() -> forms.IntegerField:
    """Points of a grade."""
    messages = {"invalid": NO_POINTS, "min_value": NO_POINTS, "max_value": NO_POINTS}
    return forms.IntegerField(required=False, min_value=0, max_value=MOST_POINTS, error_messages=messages)


class LessonForm(forms.Form):
    """The switches, the clock, who reads what, and the points. Every field may be missing: then it has its default."""

    use_required_attribute = False

    has_warm_up = switch()
    has_discussion = switch()
    has_revision = switch()
    has_key = switch()
    shows_class_while_revising = switch()
    shows_score = switch()
    asks_sources = switch()
    asks_links = switch()
    asks_confidence = switch()
    is_side_by_side = switch()
    is_random = switch()
    exit_question = forms.CharField(
        required=False,
        max_length=200,
        error_messages={"max_length": gettext_lazy("That question is too long. Use at most 200 characters.")},
    )
    when = forms.ChoiceField(required=False, choices=[("lesson", "lesson"), ("homework", "homework")])
    minutes = forms.ChoiceField(required=False, choices=MINUTES_CHOICES)
    due_date = forms.DateField(
        required=False,
        error_messages={"invalid": gettext_lazy("Write the date as year-month-day, for example 2026-03-06.")},
    )
    due_time = forms.TimeField(
        required=False,
        error_messages={"invalid": gettext_lazy("Write the time as hours and minutes, for example 18:00.")},
    )
    dealing = forms.ChoiceField(required=False, choices=DEALING)
    articles_each = few()
    overlap = few()
    points = up_to_most()
    key_points = up_to_most()

    def clean(self) -> dict[str, Any]:
        """A homework has a due date, articles are dealt in some number, and points for the key are part of all."""
        given = self.cleaned_data
        if given.get("when") == "homework" and not given.get("due_date") and "due_date" not in self.errors:
            self.add_error("due_date", _("Say until which day it can be done."))
        named = {"each": "articles_each", "overlap": "overlap"}.get(given.get("dealing", ""), "")
        if named and given.get(named) is None and named not in self.errors:
            self.add_error(named, NOT_A_NUMBER)
        if (given.get("key_points") or 0) > self.full_points():
            self.add_error("key_points", _("These are part of the points above, so they cannot be more."))
        return given

    def full_points(self) -> int:
        """All points, as far as they make sense."""
        points: int | None = self.cleaned_data.get("points")
        return Exercise._meta.get_field("points").default if points is None else points

    def plan(self, made_from: Exercise | None) -> Plan:
        """What a valid form says."""
        given = self.cleaned_data
        is_homework, dealing = given["when"] == "homework", given["dealing"] or "all"
        minutes = given["minutes"] or BY_LENGTH
        settings = {name: given[name] for name in (*SWITCHES, "exit_question")}
        settings |= {"points": self.full_points(), "key_points": given["key_points"] or 0}
        dealt = Distribution.RANDOM if given["is_random"] else Distribution.BALANCED
        return Plan(
            settings=settings,
            minutes=int(minutes) if minutes.isdecimal() else None,
            is_timed_by_length=minutes == BY_LENGTH,
            due=datetime.combine(given["due_date"], given["due_time"] or DUE_TIME) if is_homework else None,
            distribution=Distribution.ALL if dealing == "all" else dealt,
            overlap=given["overlap"] if dealing == "overlap" else None,
            articles_each=given["articles_each"] if dealing == "each" else None,
            is_side_by_side=given["is_side_by_side"],
            made_from=made_from,
        )


def lesson_asked(given: QueryDict) -> dict[str, Any]:
    """What a press on the page says, with nothing demanded of it."""
    flags = {name: name in given for name in (*SWITCHES, "is_side_by_side", "is_random")}
    names = ("exit_question", "when", "minutes", "due_date", "due_time", "dealing", "articles_each", "overlap",
             "points", "key_points")  # fmt: skip
    return flags | {name: given.get(name, "").replace("\0", "") for name in names}


def lesson_offered(like: Exercise | None, zone: str) -> dict[str, Any]:
    """What the page begins with: like another exercise, or as most lessons are."""
    source = like or Exercise()
    offered: dict[str, Any] = {name: getattr(source, name) for name in SETTINGS}
    offered |= {"is_side_by_side": source.is_side_by_side, "is_random": source.distribution == Distribution.RANDOM}
    offered |= {"when": "homework" if source.is_homework else "lesson", "minutes": minutes_offered(like)}
    due = timezone.now().astimezone(zoneinfo.ZoneInfo(zone)).date() + timedelta(days=DUE_DAYS)
    offered |= {"due_date": due.isoformat(), "due_time": f"{DUE_TIME:%H:%M}"}
    dealing = "overlap" if source.overlap else "each"
    offered |= {"dealing": dealing if source.is_dealt else "all"}
    return offered | {"articles_each": source.articles_each or 1, "overlap": source.overlap or 3}


def minutes_offered(like: Exercise | None) -> str:
    """The timer of another exercise if it is on the list, else by length."""
    if like is None or like.is_homework:
        return BY_LENGTH
    if like.minutes is None:
        return NO_TIMER
    return str(like.minutes) if like.minutes in MINUTES else BY_LENGTH


def sent_all(given: Mapping[str, Any]) -> bool:
    """Whether a press comes from the page itself, whose unticked boxes are not sent."""
    return "when" in given
