"""The colours keep the contrasts the design requires, in the light and in the dark."""

import re

import pytest

from tests.design.palette import CSS, SCHEMES, TINTS, contrast, palette, required


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_a_colour_of_known_contrast() -> None:
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_tint_and_ink_is_there(scheme: str) -> None:
    names = palette(scheme)
    assert [n for n in TINTS if f"tint-{n}" not in names or f"ink-{n}" not in names] == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "ground", "least"), required(), ids=lambda value: str(value))
def test_contrast(scheme: str, front: str, ground: str, least: float) -> None:
    colours = palette(scheme)
    assert contrast(colours[front], colours[ground]) >= least


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_line_of_an_overlap_stands_out_from_both_bands(scheme: str) -> None:
    # Both lines lie on the lower band; the mark's letter and card say the rest.
    colours = palette(scheme)
    weak = [
        (line, band)
        for line in TINTS
        for band in TINTS
        if contrast(colours[f"ink-{line}"], colours[f"tint-{band}"]) < 3
    ]
    assert weak == []


@pytest.mark.parametrize("number", TINTS)
def test_each_tint_can_be_either_band_and_the_whole(number: int) -> None:
    marks = (CSS / "marks.css").read_text()
    for name in ("", "upper-", "lower-"):
        assert f".{name}tint-{number}" in marks
        assert f"--{name}tint: var(--tint-{number});" in marks
        assert f"--{name}ink: var(--ink-{number});" in marks


@pytest.mark.parametrize("sheet", [path.name for path in sorted(CSS.glob("*.css")) if path.name != "tokens.css"])
def test_no_sheet_but_the_tokens_holds_a_colour(sheet: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", (CSS / sheet).read_text(), flags=re.DOTALL)
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)\(", text) == []
