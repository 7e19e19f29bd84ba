"""Every number on the pages is the engine's, and the engine's is what `agreement --json` says of the exported files.

What no command prints, such as heat, passages and sources, is counted letter by letter from the two exported files.
"""

import csv
import io
from fractions import Fraction
from pathlib import Path

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from annotator.domain.word_count import word_count
from annotator.models import Article, Exercise, Membership
from annotator.reports.agreement import agreement_of_article
from annotator.services.samples import samples_add
from tests import factories
from tests.reports.agreeing import by_command
from tests.views.marked_class import Counted, counted, marked_class, sentences_of

pytestmark = pytest.mark.django_db

Page = lxml.html.HtmlElement


class Shown:
    """An exercise of one article, what its files say, and its pages as its teacher sees them."""

    def __init__(self, work: Exercise, folder: Path) -> None:
        self.work, self.article = work, work.articles.get()
        self.told = by_command([work], folder, 1)
        self.counted = counted(work, self.article, folder)
        self.labels = list(work.codebook_version.labels.order_by("position"))
        self.client = Client()
        self.client.force_login(self.leader.user)

    @property
    def leader(self) -> Membership:
        """Who teaches it."""
        return self.work.classroom.memberships.filter(is_teacher=True).first()

    def page(self, name: str, query: str = "") -> Page:
        """A page about the exercise."""
        return self.at(reverse(name, args=[self.work.uuid]) + query)

    def at(self, address: str) -> Page:
        """A page."""
        response = self.client.get(address)
        assert response.status_code == 200, address
        return lxml.html.fromstring(response.content.decode())

    def file(self, name: str) -> list[dict[str, str]]:
        """A file of the researcher's table."""
        response = self.client.get(reverse("research-file", args=[self.work.uuid]) + f"?file={name}")
        return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


@pytest.fixture(params=["sample class", "thirty readers"])
def shown(request: pytest.FixtureRequest, tmp_path: Path) -> Shown:
    """The sample class, and a class of thirty with sixty highlights each on 900 words."""
    if request.param == "thirty readers":
        return Shown(marked_class(), tmp_path)
    teacher = factories.teacher()
    samples_add(teacher=teacher)
    return Shown(Exercise.objects.get(created_by=teacher, phase="revealed"), tmp_path)


def words(found: Page) -> str:
    """What an element says."""
    return " ".join(found.text_content().split())


def one(page: Page, path: str) -> Page:
    """The one element at a path."""
    [found] = page.xpath(path)
    return found


def has_class(name: str) -> str:
    """A step of a path: any element of a class."""
    return f"*[contains(concat(' ', @class, ' '), ' {name} ')]"


def hundredths(value: float | None) -> str:
    """As pages round it; nothing where it is undefined."""
    return "" if value is None else f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def thousandths(value: float | None) -> str:
    """As the researcher's page rounds it."""
    return "" if value is None else f"{round(value, 3) + 0.0:.3f}".replace("-", "−")


def percent(value: float) -> str:
    """As a whole percentage."""
    return f"{round(100 * value)}%"


def level(part: int, whole: int) -> int:
    """FRONTEND.md 7: the ramp's steps, under 25, 45, 65, 80 per cent."""
    return 1 + sum(Fraction(part, whole) >= Fraction(share, 100) for share in (25, 45, 65, 80))


def levels_in(page: Page, size: int) -> list[int]:
    """The level of the ramp on each letter of the reveal's text."""
    found = [0] * size
    for block in page.xpath(f"//article//{has_class('block')}"):
        at = int(block.get("data-start"))
        for text in block.xpath(".//text()[not(ancestor::*[@data-skip])]"):
            holder = text.getparent()
            css = (holder.get("class") or "") if holder.tag == "mark" and text.is_text else ""
            mark = next((int(each[5:]) for each in css.split() if each.startswith("heat-")), 0)
            found[at : at + len(text)] = [mark] * len(text)
            at += len(text)
    return found


def masses(found: Counted, article: Article) -> dict[int, int]:
    """By where it begins, how far readers part in each sentence."""
    return {
        start: sum(found.apart(at) for at in range(start, end) if found.weighs(at))
        for start, end in sentences_of(article)
    }


def test_the_heat_of_every_letter_is_the_share_of_readers_who_marked_it(shown: Shown) -> None:
    readers = len(shown.counted.readers)
    for label in shown.labels:
        page = shown.page("reveal", f"?tag={label.slug}")
        heat = levels_in(page, shown.article.length)
        for at in range(shown.article.length):
            if shown.counted.weighs(at):
                part = shown.counted.marking(at, label.slug)
                assert heat[at] == (level(part, readers) if part else 0), (label.slug, at)
        for block in shown.article.blocks.all():
            most = max(shown.counted.marking(at, label.slug) for at in range(block.start, block.end)
                       if shown.counted.weighs(at))  # fmt: skip
            said = page.xpath(f"//*[@id='b{block.start}']//{has_class('gutter-most')}")
            assert [words(each).split("at most ")[-1] for each in said] == ([f"{most}."] if most else [])


def test_disagreement_is_the_share_of_pairs_that_differ_on_every_letter(shown: Shown) -> None:
    pairs = len(shown.counted.readers) * (len(shown.counted.readers) - 1)
    heat = levels_in(shown.page("reveal", "?tag=disagreement"), shown.article.length)
    for at in range(shown.article.length):
        if shown.counted.weighs(at):
            share = round(100 * shown.counted.apart(at) / pairs)
            assert heat[at] == (level(share, 100) if share else 0), at


def test_the_split_passages_are_ranked_and_their_bars_counted(shown: Shown) -> None:
    page = shown.page("reveal")
    by_mass = sorted((-mass, start) for start, mass in masses(shown.counted, shown.article).items() if mass)
    ends = dict(sentences_of(shown.article))
    stats = [words(each) for each in page.xpath(f"//{has_class('reveal-stats')}//dd")]
    most = max(max(n for slug, n in shown.counted.chosen(*each).items() if slug or n == 0) if
               any(slug for slug in shown.counted.chosen(*each)) else 0 for each in ends.items())  # fmt: skip
    readers = len(shown.counted.readers)
    assert stats == [str(readers), f"{most} of {readers}", str(len(by_mass))]
    listed = page.xpath("//*[@id='most-split']//a")
    assert [int(each.get("href").split("at=")[1].split("#")[0]) for each in listed] == [at for _m, at in by_mass[:5]]
    names = {label.name: label.slug for label in shown.labels} | {"not marked": "", "Not marked": ""}
    for each, (_mass, start) in zip(listed, by_mass, strict=False):
        said = words(one(each, f".//{has_class('muted')}")).split(" · ")
        told = {names[part.rsplit(" ", 1)[0]]: int(part.rsplit(" ", 1)[1]) for part in said}
        assert told == dict(shown.counted.chosen(start, ends[start]))
    for start, end in sentences_of(shown.article)[:12]:
        panel = one(shown.page("reveal", f"?at={start}"), "//*[@id='panel']")
        rows = panel.xpath(f".//{has_class('reveal-choices')}/li")
        told = {names[words(one(row, f".//{has_class('name')}"))]: int(words(one(row, "./b"))) for row in rows}
        assert told == dict(shown.counted.chosen(start, end))


def test_the_four_figures_are_the_command_lines(shown: Shown) -> None:
    page, told = shown.page("figures"), shown.told
    assert words(one(page, f"//*[@id='figure-same']//{has_class('figure-big')}/text()[1]/..")).startswith(
        percent(told["f1"]["overlap"])
    )
    key = [words(each) for each in page.xpath(f"//*[@id='figure-same']//{has_class('figure-key')}//b")]
    assert key == [percent(told["f1"]["exact"]), percent(told["f1"]["overlap"])]
    beyond = words(one(page, f"//*[@id='figure-beyond']//{has_class('figure-big')}"))
    sure = agreement_of_article(shown.work, shown.article).headline.interval
    assert sure is not None
    assert beyond.startswith(
        f"{hundredths(told['alpha']['any'])} between {hundredths(sure.low)} and {hundredths(sure.high)}"
    )
    assert tags_of(one(page, "//table[contains(@class, 'figure-tags')]")) == of_labels(shown)
    parts = [words(each) for each in page.xpath("//details/summary//small")]
    apart = hundredths(sum(told["split"][each] for each in ("missed", "boundary", "label")))
    assert sorted(parts) == sorted(
        f"{hundredths(told['split'][each])} of {apart}" for each in ("missed", "boundary", "label")
    )
    assert float(apart) == pytest.approx(1 - told["alpha"]["nominal_set"], abs=0.006)


def tags_of(table: Page) -> dict[str, str]:
    """By tag, the number in its row, or nothing."""
    found = {}
    for row in table.xpath(".//tbody/tr"):
        name = one(row, "./th")
        for each in name.xpath(f".//{has_class('swatch')}"):
            each.drop_tree()
        found[words(name)] = "".join(words(each) for each in row.xpath(f"./{has_class('value')}"))
    return found


def of_labels(shown: Shown) -> dict[str, str]:
    """By tag, what the command line says."""
    return {label.name: hundredths(shown.told["alpha"]["per_label"][label.slug]) for label in shown.labels}


def test_the_printed_report_is_the_command_lines(shown: Shown) -> None:
    page, told = one(shown.page("exercise-report"), "//*[@id='report']"), shown.told
    big = [words(each) for each in page.xpath(f".//{has_class('report-big')}")]
    assert big == [percent(told["f1"]["overlap"]), hundredths(told["alpha"]["any"])]
    assert f"; {percent(told['f1']['exact'])} with exactly the same edges" in words(page)
    assert tags_of(one(page, ".//table[contains(@class, 'tag-figures')]")) == of_labels(shown)
    parts = {
        words(each.xpath("./th")[0]): words(each.xpath("./td")[1])
        for each in page.xpath(".//*[@class='split-key']//tr")
    }
    total = sum(told["split"][each] for each in ("missed", "boundary", "label"))
    names = {"one left it blank": "missed", "other edges": "boundary", "other tag": "label"}
    for name, said in parts.items():
        # Whole percentages that add up to 100: each within one of its own.
        assert abs(int(said.split("%")[0]) - 100 * told["split"][names[name]] / total) < 1
    assert sum(int(said.split("%")[0]) for said in parts.values()) == 100
    assert f"{len(shown.counted.readers)} readers marked" in words(page)
    assert f"They made {len(shown.counted.spans)} highlights" in words(page)


def test_the_researchers_page_is_the_command_lines(shown: Shown) -> None:
    page, told = shown.page("research"), shown.told
    rows = page.xpath("//*[@id='research-alpha']//tbody/tr")
    expected = [told["alpha"]["any"], *(told["alpha"]["per_label"][each.slug] for each in shown.labels)]
    expected += [told["alpha"][each] for each in ("nominal_set", "jaccard", "masi")] + [told["u_alpha"]]
    said = ["".join(words(each) for each in row.xpath("./td[contains(@class, 'main')]")) for row in rows]
    assert sorted(said) == sorted(thousandths(each) for each in expected)
    assert said[0] == thousandths(told["alpha"]["any"])
    first = page.xpath("//*[@id='research-pair-means']//tbody/tr[1]/td")
    assert [words(each) for each in first[:4]] == [
        thousandths(told["f1"][each]) for each in ("exact", "overlap", "iou50", "char")
    ]
    parts = [words(each) for each in page.xpath("//*[@id='research-split']//td[contains(@class, 'main')]")]
    assert parts == [thousandths(told["split"][each]) for each in ("missed", "boundary", "label")]
    kappas = {(each["a"], each["b"]): each for each in told["pairs"] if each["label"] is None}
    table = one(page, "//table[contains(@class, 'research-matrix')]")
    names = [words(each) for each in table.xpath(".//thead//th")]
    for row, line in enumerate(table.xpath(".//tbody/tr")):
        for column, cell in enumerate(line.xpath("./td")):
            if row == column:
                continue
            pair = kappas[min(names[row], names[column]), max(names[row], names[column])]
            value = pair["kappa"] if column < row else pair["f1_overlap"]
            assert words(cell).split(" ")[0] == (
                "·" if value is None else f"{round(100 * value) + 0}".replace("-", "−")
            )


def test_the_researchers_files_are_the_command_lines_to_the_last_digit(shown: Shown) -> None:
    told = shown.told
    rows = [each for each in shown.file("measures.csv") if each["scope"] == "pooled"]
    said = {(each["measure"], each["label"]): each["value"] for each in rows}
    expected = {(f"alpha_{each}", ""): told["alpha"][each] for each in ("any", "nominal_set", "jaccard", "masi")}
    expected |= {("alpha", slug): value for slug, value in told["alpha"]["per_label"].items()}
    expected |= {(f"f1_{each}", ""): value for each, value in told["f1"].items()}
    expected |= {(f"split_{each}", ""): told["split"][each] for each in ("missed", "boundary", "label")}
    expected[("u_alpha", "")] = told["u_alpha"]
    for name, value in expected.items():
        assert number(said[name]) == value, name
    pairs = shown.file("pairs.csv")
    assert [(each["a"], each["b"], each["label"] or None) for each in pairs if not each["label"]] == [
        (each["a"], each["b"], each["label"]) for each in told["pairs"] if each["label"] is None
    ]
    by_pair = {(each["a"], each["b"], each["label"]): each for each in told["pairs"]}
    for each in pairs:
        theirs = by_pair[each["a"], each["b"], each["label"] or None]
        for column in ("kappa", "f1_exact", "f1_overlap", "f1_char"):
            assert number(each[column]) == theirs[column], (each["a"], each["b"], column)


def number(cell: str) -> float | None:
    """A cell of a file."""
    return float(cell) if cell else None


def test_the_class_s_progress_is_the_command_lines_and_the_key_s(shown: Shown) -> None:
    page = shown.at(reverse("classroom-progress", args=[shown.work.classroom.uuid]))
    row = one(page, f"//tr[.//a[contains(@href, '{shown.work.uuid}')]]")
    assert f"{len(shown.counted.readers)} readers" in words(one(row, "./th"))
    figures = [words(each) for each in row.xpath("./td/b")]
    matches = []
    for reader in range(len(shown.counted.readers)):
        here = [at for at in range(shown.article.length) if shown.counted.weighs(at)]
        both = sum(len(shown.counted.sets[at][reader] & shown.counted.key[at]) for at in here)
        all_in = sum(len(shown.counted.sets[at][reader]) + len(shown.counted.key[at]) for at in here)
        matches.append(Fraction(2 * both, all_in))
    assert figures == [hundredths(shown.told["alpha"]["any"]), percent(float(sum(matches) / len(matches)))]


def test_the_confusion_table_is_counted_letter_by_letter(shown: Shown) -> None:
    table = one(shown.page("confusion"), "//table[contains(@class, 'confusion-table')]")
    slugs = [label.slug for label in shown.labels]
    found = confusion(shown.counted)
    total, shares = sum(found.values()), []
    for row, line in enumerate(table.xpath(".//tbody/tr")[: len(slugs)]):
        for column, cell in enumerate(line.xpath("./td[not(contains(@class, 'gap'))]")):
            mass = found.get((slugs[row], slugs[column]), Fraction(0))
            if row != column:
                mass += found.get((slugs[column], slugs[row]), Fraction(0))
            per_1000 = 1000 * mass / total
            said = words(one(cell, ".//b")) if mass else "0"
            shares.append(0 if said == "<1" else int(said))
            # Whole numbers that add up to 1,000 with what both left blank: each within one of its own.
            assert abs(shares[-1] - per_1000) < 1, (slugs[row], slugs[column])
    rest = [words(each) for each in table.xpath(".//tbody/tr")[len(slugs) :] for each in each.xpath(".//b")]
    blank = words(one(table, "(following::p)[1]//a")).split()[0]
    assert sum(shares) + sum(int(each) for each in rest if each != "<1") + int(blank) == 1000


def confusion(found: Counted) -> dict[tuple[str, str], Fraction]:
    """AGREEMENT.md 4, for every letter and every ordered pair of readers."""
    cells: dict[tuple[str, str], Fraction] = {}
    meetings: dict[tuple[frozenset[str], frozenset[str]], int] = {}
    for at in range(len(found.text)):
        if found.weighs(at):
            kinds = {each: found.sets[at].count(each) for each in set(found.sets[at])}
            for one_set, n in kinds.items():
                for other, also in kinds.items():
                    meetings[one_set, other] = meetings.get((one_set, other), 0) + n * (also - (one_set == other))
    for (one_set, other), times in meetings.items():
        if one_set == other:
            rows = [(each, each) for each in (one_set or {"blank"})]
        else:
            left, right = one_set - other, other - one_set
            rows = [(a, b) for a in (left or {"more" if one_set else "blank"})
                    for b in (right or {"more" if other else "blank"})]  # fmt: skip
        for cell in rows:
            cells[cell] = cells.get(cell, Fraction(0)) + Fraction(times, len(rows))
    return cells


def test_the_sources_shares_are_counted_by_sentence(shown: Shown) -> None:
    page = shown.page("sources", "?from=readers")
    quoted, boilerplate = (agreed(shown.counted, slug) for slug in ("attribution", "boilerplate"))
    headings = {block.start for block in shown.article.blocks.filter(kind="heading")}
    own = whole = attributed = sentences = 0
    for start, end in sentences_of(shown.article):
        letters = [at for at in range(start, end) if shown.counted.weighs(at)]
        if start in headings or 2 * len(boilerplate.intersection(letters)) > len(letters):
            continue
        size, is_said = word_count(shown.article.text[start:end]), bool(quoted.intersection(letters))
        own, whole = own + (0 if is_said else size), whole + size
        attributed, sentences = attributed + is_said, sentences + 1
    assert attributed
    table = one(page, "//*[@id='ledger-table']")
    assert f"Share of {whole} words" in words(one(table, "./thead"))
    said = [int(words(each)[:-1]) for each in table.xpath(".//td[contains(@class, 'ledger-per-cent')]")]
    assert sum(said) == 100
    assert abs(said[-1] - 100 * own / whole) < 1
    assert f"in {attributed} of {sentences} sentences" in words(one(page, "//*[@id='ledger-counts']"))


def agreed(found: Counted, slug: str) -> set[int]:
    """AGREEMENT.md 4: the letters of what more than half marked, from the commonest start to the commonest end."""
    letters = [at for at in range(len(found.text)) if found.weighs(at)]
    merged = [run for reader in range(len(found.readers))
              for run in stretches([slug in found.sets[at][reader] for at in letters])]  # fmt: skip
    inside: set[int] = set()
    for first, last in stretches([2 * found.marking(at, slug) > len(found.readers) for at in letters]):
        meeting = [run for run in merged if run[0] < last and run[1] > first]
        starts, ends = ([run[edge] for run in meeting] for edge in (0, 1))
        start = max(starts, key=lambda each: (starts.count(each), each))
        end = max(ends, key=lambda each: (ends.count(each), -each))
        inside |= {letters[at] for at in range(start, end)}
    return inside


def stretches(marked: list[bool]) -> list[tuple[int, int]]:
    """The maximal stretches of what is marked."""
    edges = [at for at in range(len(marked) + 1) if (at > 0 and marked[at - 1]) != (at < len(marked) and marked[at])]
    return list(zip(edges[::2], edges[1::2], strict=True))
