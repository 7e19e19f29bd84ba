"""README.txt of the researcher's bundle: what is in it, and how to compute every figure again."""

from collections.abc import Sequence

from django.utils.translation import gettext

from annotator.models import Exercise
from annotator.reports.research import Research
from annotator.reports.research_origin import Origin, moment


def readme(exercise: Exercise, pages: Sequence[Research]) -> str:
    """The text, one page for each round."""
    origin = pages[0].origin
    labels = ",".join(each.slug for each in pages[0].labels)
    parts = [
        f"{exercise.title}\n{'=' * len(exercise.title)}",
        made(exercise, origin),
        contents(),
        gettext("To compute every figure again:")
        + f"\n\n    python manage.py agreement spans.csv --readings readings.csv --json --labels {labels}\n\n"
        + gettext("It prints figures.json to the last digit. It needs no database, only these two files."),
        guard(),
        offsets(),
        *(methods_in(page) for page in pages),
    ]
    return "\n\n".join(parts) + "\n"


def made(exercise: Exercise, origin: Origin) -> str:
    """Where the bundle comes from."""
    return gettext(
        "Exercise %(exercise)s. Computed %(at)s with Sourcewise %(version)s, agreement engine %(engine)s.\n"
        "Codebook %(codebook)s, version %(number)d. Seed %(seed)d, %(draws)d draws."
    ) % {
        "exercise": exercise.uuid, "at": moment(origin.computed_at), "version": origin.version,
        "engine": origin.engine, "codebook": origin.codebook.codebook.slug, "number": origin.codebook.number,
        "seed": origin.seed, "draws": origin.draws,
    }  # fmt: skip


def contents() -> str:
    """One line for each file."""
    lines = [
        ("measures.csv", gettext("every measure: pooled, mean of articles, mean of pairs, and each article's own")),
        ("pairs.csv", gettext("every two readers, all labels together and label by label")),
        ("readers.csv", gettext("alpha without each reader")),
        ("spans.csv", gettext("every highlight: the raw units behind the figures")),
        ("readings.csv", gettext("every reading, those without a highlight too; counted=1 for those that count")),
        ("codebook.json", gettext("the labels with their definitions, and both settings")),
        ("figures.json", gettext("the engine's figures, as the command below prints them")),
    ]
    return "\n".join(f"{name:<14} {says}" for name, says in lines)


def guard() -> str:
    """How cells are read."""
    return gettext(
        "The CSV files are UTF-8, commas, every cell quoted. A text cell that begins with = + - @ ' TAB CR LF, or the\n"
        "full-width forms of = + - @, has one apostrophe in front: if a cell starts with an apostrophe, remove one.\n"
        "With pandas: read_csv(file, dtype=str, keep_default_na=False), then remove it. An empty cell is an undefined\n"
        "figure; the column “undefined” says why. P below .667 and .80 are the shares of draws below those customs."
    )


def offsets() -> str:
    """What a position counts."""
    return gettext(
        "start and end count Unicode code points from 0, half-open: text[start:end] in Python. start_nonspace and\n"
        "end_nonspace leave white space out; they are the coordinates of every figure. Annotators are codes.\n"
        "Readings of round 1 are independent, those of round 2 informed; rounds are never pooled."
    )


def methods_in(page: Research) -> str:
    """The methods paragraph of a round."""
    title = gettext("Methods, round %(number)d") % {"number": page.number}
    return f"{title}\n{'-' * len(title)}\n" + " ".join(page.methods)
