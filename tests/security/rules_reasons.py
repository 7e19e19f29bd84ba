"""What the matrix expects of reasons: written by readers while the class is shown, decided on by who teaches it."""

from uuid import uuid4

from annotator.domain.spans import quote_ends
from annotator.models import Phase
from tests.security.expecting import AS_THE_REVEAL, BLIND, SHOWN, STARTED, Rule, analysed, first_of, only
from tests.security.world import World

WRITABLE = [Phase.REVEALED, Phase.WRAPPED_UP]
# Who only teaches a class writes none; before the closing there is nothing at all to look at.
TEACHES = only("teacher", ok=403, phases=BLIND)


def reason(here: World) -> dict[str, object]:
    """One about the words that everybody in the world has marked; each block of the world is one sentence."""
    block = here.article.blocks.get(start__lte=here.span.start, end__gt=here.span.start)
    first, last = quote_ends(here.article.text[block.start : block.end])
    edges = {"start": block.start, "end": block.end, "first": first, "last": last}
    return {"sent": uuid4(), "article": here.article.uuid, "text": "Somebody could count them.", **edges}


def passage(here: World) -> dict[str, object]:
    """Where the reasons of the world stand."""
    asked = reason(here)
    return {"article": asked["article"], "start": asked["start"]}


REASONS: list[Rule] = [
    Rule("reasons", "GET", analysed()),
    Rule(
        "reasons",
        "POST",
        first_of(
            only("reader", "classmate", ok=302, phases=WRITABLE),
            only("reader", "classmate", ok=422, phases=[Phase.ARCHIVED]),
            only("reader", "classmate", ok=403, phases=STARTED),
            TEACHES,
        ),
        someone="reader",
        data=reason,
    ),
    # As the reveal, whose passage it stands beside.
    Rule(
        "reasons-said",
        "GET",
        AS_THE_REVEAL,
        data=passage,
    ),
    # The reason of the world is the reader's.
    Rule(
        "reason-take-back",
        "POST",
        first_of(
            only("reader", ok=302, phases=SHOWN),
            only("reader", "classmate", ok=403, phases=[phase for phase in STARTED if phase not in SHOWN]),
            TEACHES,
        ),
        someone="reader",
    ),
    Rule(
        "reason-moderate",
        "POST",
        analysed(ok=302),
        data=lambda here: {"state": "shown"},
    ),
]
