"""The sums on the page `Agreement, explained`, done again by the engine and by hand."""

import html
import re
from pathlib import Path

import numpy as np
import pytest

from annotator.domain.agreement import reasons
from annotator.domain.agreement.bootstrap import draws, sentence_blocks
from annotator.domain.agreement.distances import label_distance
from annotator.domain.agreement.documents import document
from annotator.domain.agreement.figures import figures
from annotator.domain.agreement.runs import runs
from annotator.models import Exercise, Phase
from annotator.reports.agreement import agreement_of_article
from annotator.reports.agreement_rows import texts_in
from annotator.reports.agreement_sentences import sentence_starts
from annotator.services.samples import samples_add
from tests import factories

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "annotator" / "agreement"
TEXT = "The bungled repair cost 4 million crowns, Mayor Ilse Varga said on Monday."
LABELS = ["claim", "attribution", "opinion", "boilerplate"]


def template(name):
    return html.unescape((FOLDER / name).read_text(encoding="utf-8"))


EXAMPLE, FORMULAS, DRAWS = (template(f"_{name}.html") for name in ("example", "formulas", "draws"))


def marked_on_the_page():
    """(reader, label, start, end) of every highlight in the page's own sentences, Ann's first."""
    found = []
    for reader, sentence in enumerate(re.findall(r"<dd>(.*?)</dd>", EXAMPLE)):
        assert re.sub(r"<[^>]+>", "", sentence) == TEXT
        place = 0
        for piece in re.split(r"(<mark.*?</mark>)", sentence):
            mark = re.fullmatch(r'<mark class="(\w+)">(.*)</mark>', piece)
            words = mark[2] if mark else piece
            if mark:
                found.append((reader, LABELS.index(mark[1]), place, place + len(words)))
            place += len(words)
    return found


@pytest.fixture(scope="module")
def example():
    weights = [not character.isspace() for character in TEXT]
    return document(length=len(TEXT), readers=[0, 1], spans=marked_on_the_page(), weights=weights)


@pytest.fixture(scope="module")
def computed(example):
    return figures([example], readers=["Ann", "Ben"], labels=LABELS)


def shown(number):
    """As the page prints it: two decimals, a real minus."""
    return f"{number:.2f}".replace("-", "−")


def test_the_runs_and_their_letters_are_the_engines(example):
    rows = re.findall(r'<th scope="row">([^<{]+)</th><td class="number">(\d+)</td>', EXAMPLE)
    assert [int(letters) for _words, letters in rows] == runs(example).weights.tolist() == [3, 7, 24, 1, 18, 9]
    assert [sum(not c.isspace() for c in words) for words, _letters in rows] == [3, 7, 24, 1, 18, 9]
    assert " ".join(words for words, _letters in rows).replace(" ,", ",") == TEXT
    # 3 + 7 + 24 + 1 + 18 + 9 = 62; alike on 24 + 1 + 9 = 34.
    assert example.length == 62
    drawn = re.findall(r'class="amount"[^>]*>(\d+)<', template("_runs.html"))
    assert [int(each) for each in drawn] == [3, 7, 24, 1, 18, 9]


def test_the_alphas_are_the_engines_and_those_done_by_hand(computed):
    alphas = computed["alpha"] | computed["alpha"]["per_label"]
    # n = 124 values. Any: 83 marked (34 + 18 + 31), 41 blank; they differ on 3 + 18 = 21 letters, from both sides 42.
    assert alphas["any"] == pytest.approx(1 - 123 * 42 / (2 * 41 * 83), abs=1e-12)
    # Claim: 34 + 24 = 58 marked, 66 not; differ on 10 letters.
    assert alphas["claim"] == pytest.approx(1 - 123 * 20 / (2 * 58 * 66), abs=1e-12)
    # Opinion: 7 marked by Ben alone. Attribution: 18 by Ann alone.
    assert alphas["opinion"] == pytest.approx(1 - 123 * 14 / (2 * 7 * 117), abs=1e-12)
    assert alphas["attribution"] == pytest.approx(1 - 123 * 36 / (2 * 18 * 106), abs=1e-12)
    for name in ("any", "claim", "opinion", "attribution"):
        assert f'data-figure="{name}">{shown(alphas[name])}<' in EXAMPLE
    assert computed["undefined"]["alpha.per_label.boilerplate"] == reasons.NOT_USED
    assert "<mn>123</mn><mo>×</mo><mn>42</mn>" in EXAMPLE
    assert "<mn>41</mn><mo>×</mo><mn>83</mn>" in EXAMPLE


def test_the_split_is_the_engines_and_adds_up(computed):
    # Differing from both sides: missed 2 · 18, boundary 2 · 3, label 2 · 7; times 123 / (124² - sum n_c²), where
    # 41 are blank, 58 claim, 18 attribution, 7 opinion.
    scale = 123 / (124**2 - 41**2 - 58**2 - 18**2 - 7**2)
    parts = {"missed": 36 * scale, "boundary": 6 * scale, "label": 14 * scale}
    found = {name: computed["split"][name] for name in parts}
    assert found == pytest.approx(parts, abs=1e-12)
    assert sum(found.values()) == pytest.approx(1 - computed["alpha"]["nominal_set"], abs=1e-12)
    assert re.findall(r"<munder><mn>([\d.]+)</mn>", EXAMPLE) == [shown(found[name]) for name in parts]
    assert f"<mo>=</mo><mn>{shown(sum(found.values()))}</mn>" in EXAMPLE
    for name, share in zip(parts, (36 / 56, 6 / 56, 14 / 56), strict=True):
        assert re.search(rf'class="{name}"[^>]*width="{100 * share:.2f}'.rstrip("0").rstrip("."), EXAMPLE)


def test_the_other_figures_are_the_engines(computed):
    pair = computed["pairs"][0]
    # Claim meets claim: one of two spans on each side; letters 24 in common of 34 + 18 and 7 + 24.
    assert (computed["f1"]["overlap"], computed["f1"]["exact"], computed["f1"]["iou50"]) == (0.5, 0, 0.5)
    assert computed["f1"]["char"] == pytest.approx(2 * 24 / 83, abs=1e-12)
    # kappa over label sets: alike 34 of 62; chance (34 · 24 claim + 10 · 31 blank) / 62².
    chance = (34 * 24 + 10 * 31) / 62**2
    assert pair["kappa"] == pytest.approx((34 / 62 - chance) / (1 - chance), abs=1e-12)
    assert 'data-figure="overlap">50%<' in EXAMPLE
    printed = {"iou50": 0.5, "char": computed["f1"]["char"], "kappa": pair["kappa"], "u_alpha": computed["u_alpha"]}
    printed["nominal_set"] = computed["alpha"]["nominal_set"]
    for name, number in printed.items():
        assert f'data-figure="{name}">{shown(number)}<' in FORMULAS
    assert 'data-figure="exact">0<' in FORMULAS


def test_every_reason_of_the_engine_is_explained():
    page = template("_meaning.html")
    for reason in (
        reasons.SECOND_READER, reasons.NO_TEXT, reasons.NOTHING_MARKED, reasons.NOT_USED, reasons.NO_VARIATION,
        reasons.OVERLAP,
    ):  # fmt: skip
        assert f'<dt>{{% translate "{reason}" %}}</dt>' in page


@pytest.mark.django_db
def test_the_redraws_are_those_of_the_sample_class():
    samples_add(teacher=factories.teacher())
    work = Exercise.objects.get(is_sample=True, phase=Phase.REVEALED)
    article = work.articles.get()
    figure = agreement_of_article(work, article).per_label["claim"]
    interval = figure.interval
    assert (shown(figure.value), shown(interval.low), shown(interval.high)) == ("0.22", "0.12", "0.30")
    [text] = texts_in([work], 1)
    starts = sentence_starts(article)
    assert (len(starts), len(text.readers)) == (22, 8)
    begins = sorted({int(text.before[start]) for start in starts})
    claim = label_distance(0)
    blocks = sentence_blocks(runs(text.document, begins), begins, [claim])
    weights = draws(len(begins))
    counts, apart = weights @ blocks.counts, (weights @ blocks.disagreements)[:, 0]
    alphas = 1 - (counts.sum(axis=1) - 1) * apart / claim.weighed(blocks.masks, counts)
    bars, _edges = np.histogram(alphas, np.round(np.arange(0.06, 0.361, 0.02), 2))
    drawn = re.findall(
        r'<rect class="(\w+)"[^>]* data-draws="(\d+)" x="[^"]+" y="[^"]+" width="[^"]+" height="([\d.]+)"', DRAWS
    )
    assert [int(number) for _class, number, _height in drawn] == bars.tolist()
    assert bars.sum() == 1000
    assert [float(height) for _class, _number, height in drawn] == [round(112 * each / 198, 1) for each in bars]
    assert [name for name, *_rest in drawn] == ["outside"] * 3 + ["inside"] * 9 + ["outside"] * 3
