"""What a reader sends during a lesson."""

from django import forms


class VoteForm(forms.Form):
    """A tap on a tag of the warm-up; `sentence` says which one it was meant for."""

    sentence = forms.IntegerField(min_value=1, max_value=99)
    label = forms.CharField(max_length=40)
