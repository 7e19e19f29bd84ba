"""The warm-up: three sentences with marked words, the tag that fits, and what is said to each tag tapped."""

from collections.abc import Collection
from dataclasses import dataclass

from annotator.domain.errors import gettext_noop

OUTLET = gettext_noop("The Eastquay Lantern")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as `before`, the `marked` words and `after`; `label` is the slug that fits them, `why` says why."""

    before: str
    marked: str
    after: str
    label: str
    why: str


SENTENCES = (
    Sentence(
        before=gettext_noop("The town library opened "),
        marked=gettext_noop("412 new accounts in March"),
        after=".",
        label="claim",
        why=gettext_noop("The library could count them."),
    ),
    Sentence(
        before="",
        marked=gettext_noop("According to harbour master Jon Pell"),
        after=gettext_noop(", the ferry will run an hour late."),
        label="attribution",
        why=gettext_noop("It says who. The rest is a claim: the clock will tell."),
    ),
    Sentence(
        before=gettext_noop("The council’s "),
        marked=gettext_noop("laughable"),
        after=gettext_noop(" plan goes to a vote on Monday."),
        label="opinion",
        why=gettext_noop("One word judges. The vote on Monday is still a claim."),
    ),
)
# For a class that wants one more.
SPARE = Sentence(
    before="",
    marked=gettext_noop("Like this story? Join the Lantern newsletter."),
    after="",
    label="boilerplate",
    why=gettext_noop("It fits under any story."),
)
NEEDED = frozenset(each.label for each in SENTENCES)

RULES = {
    "claim": gettext_noop("Could a record, a count or a witness show it? Then it is a claim, even if it is wrong."),
    "attribution": gettext_noop("Mark the source and the “said” word. Leave out what they said."),
    "opinion": gettext_noop("Sometimes one loaded word is enough. Then mark just that word."),
    "boilerplate": gettext_noop("Mark the whole block: it is not part of the story."),
}
# The tags' questions, short enough to be read from the back row.
ASKED = {
    "claim": gettext_noop("Can it be checked?"),
    "attribution": gettext_noop("Says who?"),
    "opinion": gettext_noop("Is it the writer’s view?"),
    "boilerplate": gettext_noop("Fits any story?"),
}
# A wrong tap brings the question back: does what was tapped fit, or (of the tag that fits) this?
DOUBTS = {
    "claim": gettext_noop("Could a count or a record prove these words?"),
    "attribution": gettext_noop("Do these words name who is talking?"),
    "opinion": gettext_noop("Does the writer judge with these words?"),
    "boilerplate": gettext_noop("Would these words fit under any other story?"),
}
HINTS = {
    "claim": gettext_noop("Or could somebody count or check it?"),
    "attribution": gettext_noop("Or do they tell us who is talking?"),
    "opinion": gettext_noop("Or do they show what the writer thinks of it?"),
    "boilerplate": gettext_noop("Or would they fit under any story?"),
}


def sentences_for(labels: Collection[str]) -> tuple[Sentence, ...]:
    """The sentences for a codebook with these label slugs; none where a label they need is missing.

    A codebook of one's own has no warm-up: these sentences would teach other tags than it has.
    """
    return SENTENCES if set(labels) >= NEEDED else ()


def sentence_at(labels: Collection[str], number: int) -> Sentence | None:
    """The sentence of this number, from 1; the spare one comes after the last."""
    found = sentences_for(labels)
    if found and SPARE.label in labels:
        found = (*found, SPARE)
    return found[number - 1] if 1 <= number <= len(found) else None
