"""What arrives when something is to go for good, or to be kept for a while."""

from django import forms

from annotator.domain.names import one_line


class ConfirmForm(forms.Form):
    """The word that says one means it."""

    word = forms.CharField(max_length=200, required=False)

    def is_meant(self, word: str) -> bool:
        """Whether the word was typed; capitals and outer spaces do not matter."""
        typed = self.cleaned_data["word"] if self.is_valid() else ""
        return one_line(typed).casefold() == one_line(word).casefold()


class KeepForm(forms.Form):
    """How long a class is remembered after it was put away."""

    days = forms.IntegerField()
    forgets_marks = forms.BooleanField(required=False)
