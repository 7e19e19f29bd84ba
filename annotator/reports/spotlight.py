"""The passage on the wall: which one it is, the ones before and after it, what stands around it and what is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count

from annotator.domain.whole_numbers import whole_number
from annotator.models import Article, Exercise, Reading
from annotator.reports.exercise_page import places_in
from annotator.reports.reading_parts import LabelPart
from annotator.reports.reasons import ShownReason, for_wall, shown_reasons
from annotator.reports.reveal_passages import Passage
from annotator.reports.split_text import SplitText, split_text
from annotator.reports.suppression import may_show

NEXT, PREVIOUS, DIVIDED, UNITED = "next", "previous", "divided", "united"
WAYS = (NEXT, PREVIOUS, DIVIDED, UNITED)
# The last split passage of an article, as an address has it.
LAST = "last"
# A wall of so many letters is read from the back row; what stands around the passage gets what it leaves.
ON_WALL, TAKEN_BY_REASONS = 330, 130
# Reasons of up to two lines stand below the text at its full size; of more than four, only two stand side by side.
LONG_REASON, LONGER_REASON, SIDE_BY_SIDE = 50, 90, 2
# From so many letters on, the passage is set smaller, and smaller still.
LONG, LONGER = 210, 380


# The numbers of an article and of a passage in it, as an address has them.
Step = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a wall asks for: an article and a passage by their numbers, or "united"; empty to follow."""

    article: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class WallReason:
    """A reason on the wall; without a label where its writer left that open."""

    text: str
    label: LabelPart | None
    is_unmarked: bool


@dataclass(frozen=True, slots=True)
class Spotlight:
    """The screen. `number` of `all` split passages, 0 for one on which readers agree; `previous` and `next` numbers.

    `passage` is None where nothing may be shown or there is nothing to show. `words` are those of the passage, `before`
    and `after` those around it. `size`, and `reasons_size` that of the reasons, is empty, "long" or "longer".
    """

    title: str
    article: int
    articles: int
    readers: int
    is_hidden: bool
    all: int
    withdrawn: Article | None = None
    passage: Passage | None = None
    words: str = ""
    before: str = ""
    after: str = ""
    size: str = ""
    reasons: tuple[WallReason, ...] = ()
    reasons_size: str = ""
    more: int = 0
    previous: Step | None = None
    next: Step | None = None
    has_united: bool = False

    @property
    def number(self) -> int:
        """The passage's place among the split ones."""
        return self.passage.number if self.passage else 0

    @property
    def blank(self) -> int:
        """How many readers left it unmarked."""
        return self.passage.readers - self.passage.marked if self.passage else 0


def wall_reasons(exercise: Exercise) -> list[ShownReason]:
    """The shown reasons of those articles whose readings are enough to show anything. Two queries."""
    readings = Reading.objects.independent().filter(exercise=exercise).counted()
    rows = readings.order_by().values_list("article").annotate(n=Count("member", distinct=True))
    enough = {article for article, number in rows if may_show(exercise.classroom.kind, number)}
    return [each for each in shown_reasons(exercise) if each.article in enough]


def spotlight(exercise: Exercise, asked: Asked, reasons: Sequence[ShownReason]) -> Spotlight:
    """The wall as it is asked for, else as the lesson has it. Seven queries, and the text."""
    articles = [each.article for each in places_in(exercise)]
    place, start = chosen_place(exercise, articles, asked)
    text = split_text(exercise, articles[place])
    passage = text.passage(start_asked(text, asked.passage) if start is None else start)
    previous, after = neighbours(text, passage.start if passage else 0, place, len(articles))
    head = Spotlight(
        title=text.article.title, article=place + 1, articles=len(articles), readers=text.readers,
        is_hidden=text.read is None, all=len(text.split), withdrawn=text.article if text.article.withdrawn_at else None,
        previous=previous, next=after, has_united=text.united is not None,
    )  # fmt: skip
    return filled(head, text, passage, reasons) if passage else head


def chosen_place(exercise: Exercise, articles: Sequence[Article], asked: Asked) -> tuple[int, int | None]:
    """The article's place in the exercise, and where in it the lesson's passage begins, None where none was chosen."""
    number = whole_number(asked.article, 5) or 0
    if asked.passage and 1 <= number <= len(articles):
        return number - 1, None
    for place, each in enumerate(articles):
        if each.pk == exercise.spotlight_article_id and not asked.passage:
            return place, exercise.spotlight_start
    return 0, None


def start_asked(text: SplitText, passage: str) -> int:
    """Where the passage begins that an address names; the first one for what makes no sense."""
    if passage == UNITED and text.united:
        return text.united.start
    number = len(text.stops) if passage == LAST else whole_number(passage, 5) or 0
    return text.stops[number - 1] if 1 <= number <= len(text.stops) else text.stops[0]


def neighbours(text: SplitText, start: int, place: int, articles: int) -> tuple[Step | None, Step | None]:
    """What comes before and after; past an article's end its neighbour. From a united passage one goes to the first."""
    here = text.stops.index(start) if start in text.stops else -1
    before = (place + 1, str(here)) if here > 0 else (place, LAST) if place else None
    on = (
        (place + 1, str(here + 2)) if here + 1 < len(text.stops) else (place + 2, "1") if place + 1 < articles else None
    )
    return before, on


def filled(head: Spotlight, text: SplitText, passage: Passage, reasons: Sequence[ShownReason]) -> Spotlight:
    """The screen with its passage and what is said about it."""
    keys = list(text.labels)
    counts = {key: choice.count for key, choice in zip(keys, passage.choices, strict=False)}
    own = [each for each in reasons if (each.article, each.start) == (text.article.pk, passage.start)]
    chosen = for_wall(own, sorted(keys, key=lambda key: -counts[key]))
    reasons_size = size_of(max((len(each.text) for each in chosen), default=0), LONG_REASON, LONGER_REASON)
    if reasons_size == "longer":
        chosen = chosen[:SIDE_BY_SIDE]
    whole = text.article.text[passage.start : passage.end]
    words = whole.rstrip()
    room = ON_WALL - len(words) - (TAKEN_BY_REASONS if reasons_size else 0)
    before, after = text.around(passage.start, passage.end)
    return replace(
        head,
        passage=passage,
        words=words,
        before=last_words(before, room // 2),
        after=whole[len(words) :] + first_words(after, room // 2),
        size=size_of(len(words) + (TAKEN_BY_REASONS if reasons_size else 0), LONG, LONGER) or (reasons_size and "long"),
        reasons=tuple(WallReason(each.text, text.labels.get(each.label or 0), each.is_unmarked) for each in chosen),
        reasons_size=reasons_size,
        more=len(own) - len(chosen),
    )


def size_of(length: int, long: int, longer: int) -> str:
    """How much so many letters are, by two limits."""
    return "longer" if length > longer else "long" if length > long else ""


def first_words(text: str, most: int) -> str:
    """As many whole words as fit."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0]} …" if most > 0 and " " in text[:most] else " …"


def last_words(text: str, most: int) -> str:
    """The same from the end."""
    if len(text) <= most:
        return text
    return f"… {text[-most:].split(' ', 1)[1]}" if most > 0 and " " in text[-most:].rstrip() else "… "


def wall_target(exercise: Exercise, here: str, way: str) -> tuple[Article, int]:
    """Where a press leads from what its page took to be on the wall. Some seven queries for each article looked at."""
    places = list(places_in(exercise))
    number, _colon, at = here.partition(":")
    place = next((n for n, each in enumerate(places) if str(each.position) == number), 0)
    text = split_text(exercise, places[place].article)
    if way == DIVIDED:
        return text.article, text.stops[0]
    if way == UNITED:
        return text.article, text.united.start if text.united else text.stops[0]
    start = int(at) if at else text.stops[0]
    step = neighbours(text, start, place, len(places))[way == NEXT]
    if step is None:
        return text.article, start
    there = text if step[0] == place + 1 else split_text(exercise, places[step[0] - 1].article)
    return there.article, start_asked(there, step[1])
