"""The figures in words: their class's teacher's, from the closing on."""

from tests.security.expecting import Rule, analysed

FIGURES: list[Rule] = [
    Rule("figures", "GET", analysed()),
]
