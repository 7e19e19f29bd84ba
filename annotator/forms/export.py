"""What arrives when files are asked for."""

from django import forms

SPANS, READINGS = "spans.csv", "readings.csv"
GRADEBOOK, MOODLE = "gradebook.csv", "moodle.csv"


class ExportForm(forms.Form):
    """Which file, and how."""

    file = forms.ChoiceField(choices=[(SPANS, SPANS), (READINGS, READINGS)])
    without_notes = forms.BooleanField(required=False)
    excel = forms.BooleanField(required=False)


class GradesForm(forms.Form):
    """Which grade book, and whether it may say who is who."""

    file = forms.ChoiceField(choices=[(GRADEBOOK, GRADEBOOK), (MOODLE, MOODLE)])
    names = forms.BooleanField(required=False)
    excel = forms.BooleanField(required=False)
