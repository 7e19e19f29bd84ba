"""What arrives while a class talks: a reason, what is made of one, and where the wall goes."""

import re

from django import forms

from annotator.models import Reason
from annotator.reports.spotlight import WAYS
from annotator.services.reasons import Written

LARGEST = 2**31 - 1
# 32 code points, should all of them be ends of lines, of which browsers make two characters each.
ENDS = 64


class ReasonForm(forms.Form):
    """A reason about one sentence. Its words are checked by the service, which says in a sentence what is wrong."""

    sent = forms.UUIDField()
    article = forms.UUIDField()
    start = forms.IntegerField(min_value=0, max_value=LARGEST)
    end = forms.IntegerField(min_value=1, max_value=LARGEST)
    first = forms.CharField(max_length=ENDS, strip=False)
    last = forms.CharField(max_length=ENDS, strip=False)
    text = forms.CharField(required=False, strip=False)
    label = forms.CharField(required=False, max_length=40)
    replaces = forms.UUIDField(required=False)

    def written(self) -> Written:
        """What is said."""
        given = self.cleaned_data
        return Written(
            uuid=given["sent"], start=given["start"], end=given["end"], first=given["first"].replace("\r\n", "\n"),
            last=given["last"].replace("\r\n", "\n"), text=given["text"], label=given["label"],
            replaces=given["replaces"],
        )  # fmt: skip


class ModerateForm(forms.Form):
    """What becomes of a reason, and `back`: the page it was pressed on, the list where none is named."""

    state = forms.ChoiceField(choices=Reason.State.choices)
    back = forms.ChoiceField(required=False, choices=[("reveal", "reveal")])


class SpotlightForm(forms.Form):
    """A press on the wall: a way to go, or a passage by its article and start; `here` is what the wall showed."""

    way = forms.ChoiceField(required=False, choices=[(each, each) for each in WAYS])
    article = forms.UUIDField(required=False)
    start = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    here = forms.RegexField(re.compile(r"\A(?:\d{1,5}:\d{1,8})?\Z", re.ASCII), required=False, strip=False)
    back = forms.ChoiceField(required=False, choices=[("reveal", "reveal")])

    def clean(self) -> dict[str, object]:
        """One of the two."""
        sent = self.cleaned_data
        has_place = bool(sent.get("article")) and sent.get("start") is not None
        if not sent.get("way") and not has_place:
            raise forms.ValidationError("incomplete")
        return sent
