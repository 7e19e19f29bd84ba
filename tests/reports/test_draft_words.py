"""The words of the preview about what an importer changed."""

from annotator.importers import read_pasted
from annotator.reports.draft_words import changes, notices


def test_nothing_is_said_where_nothing_was_changed():
    assert changes({}) == []
    assert changes({"changes": {"nul": 0}}) == []


def test_a_total_comes_first_and_then_each_kind_of_change():
    counts = {"nul": 1, "line_break": 2, "bom": 1, "control": 3, "surrogate": 1, "noncharacter": 1}
    assert changes({"changes": counts}) == [
        "9 characters were changed so that every program counts this text alike.",
        "1 mark at the very beginning, which no reader sees, was taken out.",
        "3 control characters became spaces.",
        "2 line ends are written in the usual way now.",
        "1 code that stands for no character shows as � now.",
        "1 empty character (NUL) was taken out.",
        "1 half of a character was taken out.",
    ]


def test_every_kind_that_intake_counts_has_a_sentence_of_its_own():
    found = read_pasted("\ufeffOne\rtwo\x00\x01\ud800\ufffe").changes
    sentences = [changes({"changes": {kind: 1}})[1] for kind in found]
    assert len(found) == 6
    assert len(set(sentences)) == 6


def test_what_an_importer_noticed_is_passed_on():
    assert notices({"warnings": ["Some pages of this PDF could not be read.", ""]}) == [
        "Some pages of this PDF could not be read."
    ]
