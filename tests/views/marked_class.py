"""A class of thirty with sixty highlights each, and what its exported files say, counted letter by letter."""

import csv
import io
import itertools
import random
import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from annotator.models import Article, Block, Exercise, Phase, Reading, Span
from annotator.services.agreement import agreement_refresh
from tests import factories
from tests.reports.agreeing import COLLECTED, SUBMITTED, files

SEED, READERS, SPANS = 20261129, 30, 60
SLUGS = ("claim", "attribution", "opinion", "boilerplate")
# CODEBOOK.md 3: of two tags that cover equally much, the first of these.
FIRST_OF_EQUALS = ("boilerplate", "attribution", "claim", "opinion")
WORDS = (
    "the harbour 🏮 office of Saltmarsh said that nobody had asked Ilse Varga “why” the ferry 𝒜 waited, and a long "
    "laughable week went by before the council’s own é\u0301clair report on it came"
)


def text_of(chance: random.Random) -> str:
    """900 words under a heading, in sentences of ten and paragraphs of five; characters beyond the first plane."""
    sentences = [" ".join(chance.choices(WORDS.split(), k=10)).capitalize() + "." for _each in range(90)]
    return "\n\n".join(["Who asked?", *(" ".join(sentences[at : at + 5]) for at in range(0, 90, 5))])


def blocks_with_sentences(article: Article) -> None:
    """Each sentence of ten words begins where the last one's full stop and space end."""
    for block in Block.objects.filter(article=article):
        starts, at = [block.start], block.start
        while (at := article.text.find(". ", at, block.end)) != -1:
            at += 2
            starts.append(at)
        block.sentences = starts
        block.save()


def marked_class() -> Exercise:
    """The class: two handed in blank, one collected blank, three collected, one never finished, one late, one key."""
    chance = random.Random(SEED)
    leader = factories.teacher()
    room = factories.classroom(leader)
    article = factories.article(leader, text=text_of(chance), title="Who asked?")
    blocks_with_sentences(article)
    work = factories.exercise(room, [article], phase=Phase.CLOSED)
    labels = {each.slug: each for each in work.codebook_version.labels.all()}
    words = [at for at in range(article.length) if at == 0 or article.text[at - 1].isspace()]
    spans: list[Span] = []
    for number in range(READERS + 4):
        state = {0: {}, 1: COLLECTED, 2: COLLECTED, 3: COLLECTED, 4: COLLECTED}.get(number, SUBMITTED)
        made = factories.reading(work, factories.reader(room), **state)
        spans += marks(made, chance, words, labels, 0 if number in {1, 5, 6} else SPANS)
    spans[0].deleted_at, spans[-1].is_late = factories.NOON, True
    key = factories.reading(work, room.memberships.get(is_teacher=True), is_key=True, round=0, **SUBMITTED)
    spans += marks(key, chance, words, labels, 40)
    Span.objects.bulk_create(spans)
    agreement_refresh(exercise=work)
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.WRAPPED_UP)
    return Exercise.objects.get(pk=work.pk)


def stairs() -> Exercise:
    """A hundred readers and a text of 110 letters: the first is marked by nobody, the next by one, then by two …

    From the hundredth step on everybody marked. So every whole per cent is the share of some letter.
    """
    leader = factories.teacher()
    room = factories.classroom(leader)
    text = f"Stairs\n\n{'up' * 55}"
    work = factories.exercise(room, [factories.article(leader, text=text, title="Stairs")], phase=Phase.CLOSED)
    begin = text.index("up")
    for number in range(1, 101):
        reading = factories.reading(work, factories.reader(room), **SUBMITTED)
        factories.span(reading, begin + number, len(text))
    agreement_refresh(exercise=work)
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.REVEALED, projector_token="stairs")
    return Exercise.objects.get(pk=work.pk)


def marks(
    reading: Reading, chance: random.Random, words: list[int], labels: dict[str, object], number: int
) -> list[Span]:
    """Highlights near places that all readers know, with edges off by a word or a letter, overlapping as they come."""
    text, found = reading.article.text, {}
    while len(found) < number:
        # Every reader starts from the same forty places: what one marks, others mark too.
        place = chance.randrange(40)
        first = min(len(words) - 12, place * (len(words) // 40) + chance.choice([0, 0, 0, 1, 2]))
        start = words[first] + chance.choice([0, 0, 0, 1])
        end = min(len(text), words[first + 2 + place % 7 + chance.choice([0, 0, 1])] - chance.choice([0, 1, 1]))
        slug = SLUGS[place % 4] if chance.random() < 0.8 else chance.choice(SLUGS)
        found.setdefault((slug, start, end), len(found) + 1)
    return [
        Span(
            uuid=uuid.uuid4(), reading=reading, number=at, label=labels[slug], start=start, end=end,
            quote=text[start:end], created_at=factories.NOON, updated_at=factories.NOON,
        )
        for (slug, start, end), at in found.items()
    ]  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """One article's counted readings of round 1 and its key, as the two files have them: who marked each letter how.

    `sets` has for each letter of the text, blanks too, a label set for each reader.
    """

    text: str
    readers: list[str]
    spans: list[dict[str, str]]
    sets: list[list[frozenset[str]]]
    key: list[frozenset[str]]

    def weighs(self, at: int) -> bool:
        """White space counts for nothing."""
        return not self.text[at].isspace()

    def marking(self, at: int, slug: str) -> int:
        """How many marked a letter with a tag."""
        return sum(slug in each for each in self.sets[at])

    def apart(self, at: int) -> int:
        """m² less the sum of squares: twice the pairs whose sets differ on a letter."""
        return len(self.readers) ** 2 - sum(n * n for n in Counter(self.sets[at]).values())

    def chosen(self, start: int, end: int) -> Counter[str]:
        """How many readers chose which tag for a stretch, each once; "" for none."""
        found: Counter[str] = Counter()
        for reader in range(len(self.readers)):
            cover = {slug: sum(slug in self.sets[at][reader] for at in range(start, end) if self.weighs(at))
                     for slug in FIRST_OF_EQUALS}  # fmt: skip
            best = max(FIRST_OF_EQUALS, key=lambda slug: cover[slug])
            found[best if cover[best] else ""] += 1
        return found


def counted(work: Exercise, article: Article, folder: Path) -> Counted:
    """Read back from the files, by their columns alone."""
    spans_file, _option, readings_file = files([work], folder)
    readings = [row for row in rows_of(Path(readings_file)) if row["document_id"] == str(article.uuid)]
    mine = {
        row["annotator"] for row in readings if row["counted"] == "1" and row["round"] == "1" and row["is_key"] == "0"
    }
    readers = sorted(mine)
    spans = [row for row in rows_of(Path(spans_file)) if row["document_id"] == str(article.uuid)]
    first = [row for row in spans if row["annotator"] in mine and row["round"] == "1" and row["status"] != "late"
             and row["is_key"] == "0"]  # fmt: skip
    key = [row for row in spans if row["is_key"] == "1"]
    table = [[set() for _reader in readers] for _at in article.text]
    for row in first:
        for at in range(int(row["start"]), int(row["end"])):
            table[at][readers.index(row["annotator"])].add(row["label"])
    keyed = [{row["label"] for row in key if int(row["start"]) <= at < int(row["end"])} for at in range(article.length)]
    sets = [[frozenset(each) for each in row] for row in table]
    return Counted(article.text, readers, first, sets, [frozenset(each) for each in keyed])


def rows_of(path: Path) -> list[dict[str, str]]:
    """A file's rows by column."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def sentences_of(article: Article) -> list[tuple[int, int]]:
    """Every sentence of the article."""
    found = []
    for block in article.blocks.order_by("number"):
        edges = [*sorted({block.start, *block.sentences}), block.end]
        found += list(itertools.pairwise(edges))
    return found
