"""The heat maps on the projector: one tag of one article at a time, and when they have to be drawn anew."""

from dataclasses import dataclass

from annotator.models import Article, Exercise, Reading
from annotator.models.agreement import Stand
from annotator.models.counted import Place, stands
from annotator.reports.agreement import agreement_of_article
from annotator.reports.exercise_page import places_in
from annotator.reports.heat_map import HeatMap, heat_map
from annotator.reports.reading_parts import LabelPart
from annotator.reports.warm_up import labels_in

# From this alpha on: 1 is the same text marked by all, 0 what chance would do.
WORDS = ((0.8, "very"), (0.6, "mostly"), (0.3, "partly"), (-1.0, "hardly"))


@dataclass(frozen=True, slots=True)
class HeatPage:
    """A tag's heat in one article. `number` of `articles` counts from 1; `before` and `after` are the next tags.

    `united` says in a word how far the class marked the same text, whatever the tag; empty where that is not known.
    """

    label: LabelPart
    labels: list[LabelPart]
    number: int
    articles: int
    before: str
    after: str
    map: HeatMap
    united: str


def heat_key(exercise: Exercise) -> dict[Place, list[Stand]]:
    """What the heat rests on: as long as it stays the same, so does the heat. One query."""
    return stands(Reading.objects.independent().filter(exercise=exercise))


def heat_page(exercise: Exercise, tag: str, number: str) -> HeatPage:
    """The heat of this tag, else the first one, in the article of this number, else the first. Fifteen queries."""
    labels = labels_in(exercise)
    place = next((n for n, label in enumerate(labels) if label.slug == tag), 0)
    places = list(places_in(exercise))
    wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 1
    wanted = wanted if 1 <= wanted <= len(places) else 1
    found = heat_map(exercise, places[wanted - 1].article, labels[place].slug)
    return HeatPage(
        label=labels[place],
        labels=labels,
        number=wanted,
        articles=len(places),
        before=labels[place - 1].slug,
        after=labels[(place + 1) % len(labels)].slug,
        map=found,
        united="" if found.is_hidden else united(exercise, places[wanted - 1].article),
    )


def united(exercise: Exercise, article: Article) -> str:
    """A word for alpha over marked or not: very, mostly, partly or hardly. It is a word, so it bears no interval."""
    found = agreement_of_article(exercise, article).headline
    if found.value is None or found.caution:
        return ""
    return next(word for least, word in WORDS if found.value >= least)
