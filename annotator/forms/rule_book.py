"""What arrives at the confusion page: what is looked at, and a rule for the class's rule book."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from annotator.models import Article
from annotator.reports.confusion_page import Asked, ConfusionPage
from annotator.reports.confusion_passages import CellPassage
from annotator.reports.rule_offer import CardChoice, RuleOffer
from annotator.services.rule_books import LONG_RULE, NO_CARD, NO_RULE, Example, Rule

LARGEST = 2**31 - 1
# What is said of a rule is said by the service, in one place; here only what no service should be handed.
LONGEST = 2000
NO_PASSAGE = gettext_lazy("That passage is not in the list any more. Choose another one.")


class LookForm(forms.Form):
    """A look at the page. All may be missing."""

    article = forms.UUIDField(required=False)
    cell = forms.CharField(required=False, max_length=100)
    at = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    all = forms.CharField(required=False, max_length=1)

    def asked(self) -> Asked | None:
        """What makes sense of it; None for an article that can be none."""
        self.is_valid()
        if "article" in self.errors:
            return None
        given = self.cleaned_data
        return Asked(given["article"], given.get("cell", ""), given.get("at"), bool(given.get("all")))


class RuleForm(forms.Form):
    """A rule: `card` says where it belongs, `other` that the other card says "not here", `example` names a passage."""

    uuid = forms.UUIDField()
    card = forms.CharField(max_length=40, error_messages={"required": NO_CARD})
    other = forms.BooleanField(required=False)
    text = forms.CharField(max_length=LONGEST, error_messages={"required": NO_RULE, "max_length": LONG_RULE})
    example = forms.CharField(required=False, max_length=80)

    def __init__(self, *args: Any, page: ConfusionPage, offer: RuleOffer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = {each.value: each for each in offer.cards}
        self.passages = {each.value: each for each in page.opened.passages} if page.opened else {}
        self.articles = {each.uuid: each for each in page.articles}

    def clean_card(self) -> CardChoice:
        """One of the offered cards."""
        if (card := self.cards.get(self.cleaned_data["card"])) is None:
            raise ValidationError(NO_CARD)
        return card

    def clean_example(self) -> Example | None:
        """One of the passages on the page, or none."""
        value = self.cleaned_data["example"]
        if not value:
            return None
        if (passage := self.passages.get(value)) is None:
            raise ValidationError(NO_PASSAGE)
        return example_of(passage, self.articles[passage.article])

    def rule(self) -> Rule:
        """What a valid form says."""
        given = self.cleaned_data
        card: CardChoice = given["card"]
        outs = (*card.outs, *(card.others if given["other"] else ()))
        return Rule(
            given["uuid"], given["text"], tuple(each.slug for each in card.ins), tuple(each.slug for each in outs),
            given["example"],
        )  # fmt: skip


def example_of(passage: CellPassage, article: Article) -> Example:
    """A passage of the page as an example."""
    return Example(article, passage.start, passage.end, passage.first, passage.last)
