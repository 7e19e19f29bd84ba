"""What the lines around a story say about it, and what only looks so."""

from datetime import date

import pytest

from annotator.importers.facts_in_text import address_in, author_in, date_in, publication_in, title_in

DAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-09",
        "Published 9 March 2026, 14:05",
        "March 9th, 2026",
        "Mar. 9, 2026",
        "9. März 2026",
        "le 9 mars 2026 à 14h",
        "9 de marzo de 2026",
        "2026年3月9日",
        "09.03.2026",
    ],
)
def test_a_whole_date_is_found(line):
    assert date_in(line) == DAY


@pytest.mark.parametrize(
    "line", ["3/4/2026", "30 February 2026", "99 Smarch 2026", "1 in 2026", "2026-13-01", "May 2026"]
)
def test_what_is_no_whole_date_is_none(line):
    assert date_in(line) is None


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ilse Varga", "Ilse Varga"),
        ("BY ILSE VARGA", "ILSE VARGA"),
        ("Von Ilse Varga und Joan Moll", "Ilse Varga und Joan Moll"),
        ("Par Ilse Varga, envoyée spéciale", "Ilse Varga"),
        ("By Ilse Varga | 9 March 2026", "Ilse Varga"),
        ("By Ilse van der Moll", "Ilse van der Moll"),
        ("By signing up you agree to our Terms", ""),
        ("By the end of the year it was over.", ""),
        ("By Monday", ""),
    ],
)
def test_an_author_is_a_name_after_by(line, author):
    assert author_in(["Ferry bought back", line, "It is late."]) == author


def test_an_author_is_looked_for_near_the_beginning_only():
    assert author_in([*["It is late."] * 20, "By Ilse Varga"]) == ""


def test_a_title_is_a_short_first_line_that_is_no_sentence():
    assert title_in(["Ferry bought back", "It is late."]) == "Ferry bought back"
    assert title_in(["Ferry bought back?", "It is late."]) == "Ferry bought back?"
    assert title_in(["It is late.", "Very late."]) == ""
    assert title_in(["Ferry bought back"]) == ""
    assert title_in(["9 March 2026", "It is late."]) == ""
    assert title_in(["https://lantern.example/ferry", "It is late."]) == ""


def test_the_holder_of_the_copyright_is_the_publication():
    assert publication_in(["It is late.", "© 2026 The Eastquay Lantern, all rights reserved"]) == "The Eastquay Lantern"
    assert publication_in(["Copyright © 2020-2026 by Riverline News. Imprint"]) == "Riverline News"
    assert publication_in(["(c) All rights reserved"]) == ""
    assert publication_in(["It is late."]) == ""


def test_an_address_stands_alone_in_its_line():
    assert address_in(["Source: https://lantern.example/ferry", "Late"]) == "https://lantern.example/ferry"
    assert address_in(["See https://lantern.example/ferry for more", "Late"]) == ""
