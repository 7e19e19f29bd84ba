"""What arrives at adjudication: where one is, and what is decided."""

from typing import Any

from django import forms

from annotator.domain.adjudication import HALF, SHARES
from annotator.services.adjudication import Choice
from annotator.services.span_details import NOTE_LENGTH

LARGEST = 2**31 - 1


class WhereForm(forms.Form):
    """A look at the page: the article, the share, the proposal, and edges under consideration. All may be missing."""

    article = forms.UUIDField(required=False)
    share = forms.TypedChoiceField(choices=[(each, each) for each in SHARES], coerce=int, required=False)
    at = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    then = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    start = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    end = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    back = forms.UUIDField(required=False)

    def asked(self) -> dict[str, Any]:
        """The fields that make sense, with the usual share where none was asked for."""
        self.is_valid()
        return {**self.cleaned_data, "share": self.cleaned_data.get("share") or HALF}


class DecisionForm(forms.Form):
    """One decision: the offer as `label`, `start`, `end`; `other` is another tag, `first` and `last` the edges."""

    do = forms.ChoiceField(choices=[("accept", "accept"), ("reject", "reject")], required=False)
    uuid = forms.UUIDField()
    share = forms.TypedChoiceField(choices=[(each, each) for each in SHARES], coerce=int)
    number = forms.IntegerField(min_value=1, max_value=LARGEST)
    label = forms.CharField(max_length=40)
    start = forms.IntegerField(min_value=0, max_value=LARGEST)
    end = forms.IntegerField(min_value=1, max_value=LARGEST)
    other = forms.CharField(required=False, max_length=40)
    first = forms.IntegerField(min_value=0, max_value=LARGEST)
    last = forms.IntegerField(min_value=1, max_value=LARGEST)
    why = forms.CharField(required=False, max_length=NOTE_LENGTH)

    def choice(self) -> Choice:
        """What is decided."""
        given = self.cleaned_data
        label = "" if given["do"] == "reject" else given["other"] or given["label"]
        offer = (given["label"], given["start"], given["end"])
        return Choice(given["uuid"], offer, given["share"], label, given["first"], given["last"], given["why"])
