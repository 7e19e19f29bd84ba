"""The passages behind a cell of the confusion table: their masses are the cell, sentence by sentence."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.agreement.cell_passages import by_sentence, cell_masses
from annotator.domain.agreement.confusion import confusion
from annotator.domain.agreement.runs import runs
from annotator.domain.errors import NotEnoughData
from tests.domain.agreement.dense import LENGTH, made, marks, pool, sets

LABELS = 4
BLANK, MORE = LABELS, LABELS + 1
CELLS = [(a, b) for b in range(LABELS + 2) for a in range(b + 1)]
BEGINS = [0, 7, 11, 30]


def as_read(table, cell):
    """A cell of the table as a page reads it: off the diagonal both orders together."""
    a, b = cell
    return table[a, b] + (table[b, a] if a != b else 0)


def given_to(one, other):
    """AGREEMENT 4 by its words: the cells, unordered, that a pair of label sets gives its mass to, with the shares."""
    if one == other:
        places = sorted(one) or [BLANK]
        return {(place, place): 1 / len(places) for place in places}
    left = sorted(one - other) or [BLANK if not one else MORE]
    right = sorted(other - one) or [BLANK if not other else MORE]
    share = 1 / (len(left) * len(right))
    return {tuple(sorted((a, b))): share for a in left for b in right}


def slow(spans, readers, cell, begins):
    """The mass of each sentence, character by character and ordered pair by ordered pair."""
    table, ends = sets(spans, readers), [*begins[1:], LENGTH]
    found = []
    for start, end in zip(begins, ends, strict=True):
        pairs = [(a, b, place) for a, b in permutations(range(readers), 2) for place in range(start, end)]
        found.append(sum(given_to(table[a][p], table[b][p]).get(cell, 0) for a, b, p in pairs) / (readers - 1))
    return found


@given(marks(), st.sampled_from(CELLS))
def test_each_sentence_holds_what_its_pairs_and_characters_give_to_the_cell(spans, cell):
    found = runs(made(spans), BEGINS)
    masses = by_sentence(found, cell_masses(found, LABELS, cell), np.array(BEGINS))
    assert masses.tolist() == pytest.approx(slow(spans, 5, cell, BEGINS), abs=1e-9)


@given(st.lists(marks(), min_size=1, max_size=3), st.lists(st.integers(1, LENGTH - 1), max_size=6, unique=True))
def test_the_sentences_of_all_documents_add_up_to_every_cell(several, cuts):
    documents, begins = [made(each) for each in several], np.array([0, *sorted(cuts)])
    try:
        table = confusion(pool(*documents), LABELS)
    except NotEnoughData:
        return
    for cell in CELLS:
        cut = [runs(each, begins) for each in documents]
        masses = [by_sentence(each, cell_masses(each, LABELS, cell), begins) for each in cut]
        assert sum(each.sum() for each in masses) == pytest.approx(as_read(table, cell), abs=1e-9)


def test_a_claim_against_an_opinion_lies_on_the_words_both_marked():
    # Two readers: [2, 8) as claim, [5, 12) as opinion; they meet on [5, 8), three characters in both orders.
    found = runs(made([(0, 0, 2, 8), (1, 2, 5, 12)], 2), [0, 7])
    masses = cell_masses(found, LABELS, (0, 2))
    assert [(int(start), each) for start, each in zip(found.edges, masses.tolist(), strict=False) if each] == [
        (5, 4.0), (7, 2.0),
    ]  # fmt: skip
    assert by_sentence(found, masses, np.array([0, 7])).tolist() == [4.0, 2.0]
    assert cell_masses(found, LABELS, (0, BLANK)).sum() == 6.0
    assert cell_masses(found, LABELS, (2, BLANK)).sum() == 8.0
    assert cell_masses(found, LABELS, (BLANK, BLANK)).sum() == 2 * (LENGTH - 10)


def test_a_second_label_over_a_shared_one_is_nothing_more():
    found = runs(made([(0, 0, 0, 4), (1, 0, 0, 4), (1, 2, 0, 4)], 2))
    assert cell_masses(found, LABELS, (2, MORE)).sum() == 8.0
    assert cell_masses(found, LABELS, (0, 2)).sum() == cell_masses(found, LABELS, (0, 0)).sum() == 0.0


def test_one_reader_alone_meets_nobody():
    found = runs(made([(0, 0, 0, 9)], 1), BEGINS)
    masses = cell_masses(found, LABELS, (0, 0))
    assert masses.tolist() == [0.0] * len(found.weights)
