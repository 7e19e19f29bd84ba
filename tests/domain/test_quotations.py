"""Words between quotation marks: none of them stands twice, and no character moves."""

import pytest

from annotator.domain.quotations import nested


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("“I have slept in the linen room,” said Oksana Bell.", "‘I have slept in the linen room,’ said Oksana Bell."),
        ('The nurse said "never" twice.', "The nurse said 'never' twice."),
        ("„Niemals“, sagte sie.", "‚Niemals‘, sagte sie."),
        ("It’s the council’s own bus 🏮.", "It’s the council’s own bus 🏮."),
        ("«Jamais», dit-elle.", "«Jamais», dit-elle."),
        ("", ""),
    ],
)
def test_double_marks_become_single_ones_and_all_else_stays(words: str, shown: str) -> None:
    assert nested(words) == shown
    assert len(shown) == len(words)
