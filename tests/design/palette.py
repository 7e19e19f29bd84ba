"""Reads the real colours out of tokens.css and computes contrasts as WCAG 2.2 defines them."""

import re
from pathlib import Path

CSS = Path(__file__).resolve().parents[2] / "static" / "annotator" / "css"
PAIR = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9A-Fa-f]{6}), (#[0-9A-Fa-f]{6})\);")
SCHEMES = ("light", "dark")
TINTS = range(1, 10)


def palette(scheme: str, css: str | None = None) -> dict[str, str]:
    """Every colour token of one scheme."""
    text = css if css is not None else (CSS / "tokens.css").read_text()
    return {name: pair[SCHEMES.index(scheme)] for name, *pair in PAIR.findall(text)}


def channels(colour: str) -> tuple[float, ...]:
    """Red, green and blue between 0 and 1."""
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def luminance(colour: str) -> float:
    """Relative luminance."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def required() -> list[tuple[str, str, float]]:
    """Foreground token, background token, least ratio: the whole table of the design."""
    text = [("text", ground, 7.0) for ground in ("page", "surface", "sunk", *(f"tint-{n}" for n in TINTS))]
    inks = [(f"ink-{n}", ground, 5.0) for n in TINTS for ground in (f"tint-{n}", "page", "surface")]
    small = [("muted", ground, 4.5) for ground in ("page", "surface", "sunk")]
    signs = [(name, ground, 4.5) for name in ("good", "danger") for ground in ("page", "surface", "sunk")]
    pressed = [("on-accent", "accent", 7.0), ("accent", "page", 4.5), ("accent", "surface", 4.5)]
    lines = [
        (name, ground, 3.0)
        for name in ("line-strong", "focus", "selection-ink")
        for ground in ("page", "surface", "sunk")
    ]
    # Text on the heat of the four tints that have a ramp of their own.
    heat = [("text", f"heat-{tint}-{level}", 4.5) for tint in range(1, 5) for level in range(1, 6)]
    return (
        text
        + heat
        + inks
        + small
        + signs
        + pressed
        + lines
        + [("selection-ink", "selection", 4.5), ("text", "selection", 4.5)]
    )
