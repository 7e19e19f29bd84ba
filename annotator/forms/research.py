"""What of the researcher's table is asked for."""

from typing import Any

from django import forms

from annotator.reports.research_files import FILES


class ResearchForm(forms.Form):
    """Which round, and whose pairs: those of one label, or of all together."""

    round = forms.TypedChoiceField(choices=[("1", "1"), ("2", "2")], coerce=int, required=False)
    tag = forms.ChoiceField(required=False)

    def __init__(self, data: Any, tags: list[str]) -> None:
        super().__init__(data)
        self.fields["tag"] = forms.ChoiceField(choices=[(tag, tag) for tag in tags], required=False)

    @property
    def asked(self) -> tuple[int, str]:
        """The round and the label's slug; what nobody offers is the first round, and all labels."""
        self.is_valid()
        return self.cleaned_data.get("round") or 1, self.cleaned_data.get("tag") or ""


class ResearchFileForm(forms.Form):
    """Which table of which round."""

    file = forms.ChoiceField(choices=[(name, name) for name in FILES])
    round = forms.TypedChoiceField(choices=[("1", "1"), ("2", "2")], coerce=int, required=False)
    excel = forms.BooleanField(required=False)
