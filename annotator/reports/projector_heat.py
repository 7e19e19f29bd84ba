"""The heat maps on the projector: one tag of one article at a time, and when they have to be drawn anew."""

from dataclasses import dataclass
from datetime import datetime

from annotator.domain.whole_numbers import whole_number
from annotator.models import Article, Exercise, Reading
from annotator.models.agreement import Stand
from annotator.models.counted import Place, stands
from annotator.reports.agreement import agreement_of_article
from annotator.reports.exercise_page import places_in
from annotator.reports.heat_map import HeatMap, heat_map
from annotator.reports.reading_parts import LabelPart
from annotator.reports.reveal_passages import Passage
from annotator.reports.split_text import split_text
from annotator.reports.warm_up import labels_in

# From this alpha on: 1 is the same text marked by all, 0 what chance would do.
WORDS = ((0.8, "very"), (0.6, "mostly"), (0.3, "partly"), (-1.0, "hardly"))


@dataclass(frozen=True, slots=True)
class HeatPage:
    """A tag's heat in one article. `number` of `articles` counts from 1; `before` and `after` are the next tags.

    `united` says in a word how far the class marked the same text, whatever the tag; empty where that is not known.
    `agreed` and `parted` are the most united and the most divided sentence. `other` is the next article's number, 0
    where there is but one.
    """

    label: LabelPart
    labels: list[LabelPart]
    number: int
    articles: int
    before: str
    after: str
    map: HeatMap
    united: str
    agreed: Passage | None = None
    parted: Passage | None = None
    other: int = 0
    withdrawn: Article | None = None


@dataclass(frozen=True, slots=True)
class HeatKey:
    """What a wall with the article's text rests on: as long as it stays the same, so does the wall.

    `stands` are where the readings stand, `articles` in order the title of each and when it was withdrawn.
    """

    stands: dict[Place, list[Stand]]
    articles: list[tuple[str, datetime | None]]


def heat_key(exercise: Exercise) -> HeatKey:
    """The key as it is now. Two queries."""
    places = exercise.places.order_by("position")
    return HeatKey(
        stands=stands(Reading.objects.independent().filter(exercise=exercise)),
        articles=list(places.values_list("article__title", "article__withdrawn_at")),
    )


def heat_page(exercise: Exercise, tag: str, number: str) -> HeatPage:
    """The heat of this tag, else the first one, in the article of this number, else the first. Twenty queries."""
    labels = labels_in(exercise)
    place = next((n for n, label in enumerate(labels) if label.slug == tag), 0)
    places = list(places_in(exercise))
    wanted = whole_number(number, 3) or 1
    wanted = wanted if 1 <= wanted <= len(places) else 1
    article = places[wanted - 1].article
    found = heat_map(exercise, article, labels[place].slug)
    text = split_text(exercise, article)
    return HeatPage(
        label=labels[place],
        labels=labels,
        number=wanted,
        articles=len(places),
        before=labels[place - 1].slug,
        after=labels[(place + 1) % len(labels)].slug,
        map=found,
        united="" if found.is_hidden else united(exercise, article),
        agreed=text.united,
        parted=text.passage(text.stops[0]) if text.split else None,
        other=wanted % len(places) + 1 if len(places) > 1 else 0,
        withdrawn=article if article.withdrawn_at else None,
    )


def united(exercise: Exercise, article: Article) -> str:
    """A word for alpha over marked or not: very, mostly, partly or hardly. It is a word, so it bears no interval."""
    found = agreement_of_article(exercise, article).headline
    if found.value is None or found.caution:
        return ""
    return next(word for least, word in WORDS if found.value >= least)
