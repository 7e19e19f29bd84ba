"""The phases of an exercise as a row of steps: what is behind, where it stands, what is to come."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from annotator.models import Phase

NAMES = {
    Phase.DRAFT: _("Set up"),
    Phase.OPEN: _("Blind reading"),
    Phase.CLOSED: _("Closed"),
    Phase.REVEALED: _("Reveal"),
    Phase.REVISING: _("Revise"),
    Phase.WRAPPED_UP: _("Wrap up"),
}
# How wide a step is in the small drawing, the gap after it included.
STEP_WIDTH = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `state` is done, now or later; `x` is its place in the small drawing."""

    phase: str
    name: str
    state: str
    number: int
    x: int


def steps(phase: str, *, has_revision: bool) -> list[Step]:
    """The steps of an exercise that stands in `phase`; without a second round that step is shown only while it runs."""
    shown = [each for each in NAMES if each != Phase.REVISING or has_revision or phase == Phase.REVISING]
    here = Phase.values.index(phase)
    return [
        Step(
            phase=each.value,
            name=str(NAMES[each]),
            state="done" if Phase.values.index(each) < here else "now" if each == phase else "later",
            number=number,
            x=(number - 1) * STEP_WIDTH,
        )
        for number, each in enumerate(shown, 1)
    ]
