"""What of the researcher's table is asked for."""

from typing import Any

from django import forms

from annotator.reports.research_bundle import NAME as BUNDLE
from annotator.reports.research_files import TABLES
from annotator.reports.research_passages import Asked

# A reader's code, as pages and files give it.
CODE = r"^r[0-9]{1,12}\Z"
ROUNDS = [("1", "1"), ("2", "2")]


class ResearchForm(forms.Form):
    """Which round, whose pairs (those of one label, or of all together), and which reader's panel."""

    round = forms.TypedChoiceField(choices=ROUNDS, coerce=int, required=False)
    tag = forms.ChoiceField(required=False)
    reader = forms.RegexField(CODE, required=False)

    def __init__(self, data: Any, tags: list[str]) -> None:
        super().__init__(data)
        self.fields["tag"] = forms.ChoiceField(choices=[(tag, tag) for tag in tags], required=False)

    @property
    def asked(self) -> tuple[int, str, str]:
        """The round, the label's slug, the reader; what nobody offers is the first round, all labels, nobody."""
        self.is_valid()
        given = self.cleaned_data
        return given.get("round") or 1, given.get("tag") or "", given.get("reader") or ""


class PassagesForm(ResearchForm):
    """Whose sentences: a reader's beside all others', or beside one other's."""

    other = forms.RegexField(CODE, required=False)

    @property
    def wanted(self) -> Asked | None:
        """As the report takes it; None where a reader is named who cannot be one."""
        number, tag, reader = self.asked
        if "other" in self.errors:
            return None
        return Asked(reader, self.cleaned_data.get("other") or "", tag, number)


class ResearchFileForm(forms.Form):
    """Which table of which round, or the bundle of all."""

    file = forms.ChoiceField(choices=[(name, name) for name in (*TABLES, BUNDLE)])
    round = forms.TypedChoiceField(choices=ROUNDS, coerce=int, required=False)
    excel = forms.BooleanField(required=False)
