"""Hostile and spoiled files: every one is read or refused with a sentence, in bounded time and memory."""

import resource
import time

import pytest

from annotator.domain.errors import RuleError
from annotator.importers import read_article
from annotator.importers.refusals import SENTENCES
from tests.importers.hostile import bombs, spoiled

pytestmark = pytest.mark.proves("S23")
BOMBS = list(bombs())
# A tenth of what tests/bench/bench_fuzz.py does; spread over ten tests, so that one failure names its neighbourhood.
ROUNDS, FILES = 10, 20
LONGEST = 20
MEGABYTE = 1024


def outcome(name, content):
    """The code of a refusal, or nothing where the file is read; anything else is a failure of ours."""
    before = time.monotonic()
    try:
        draft = read_article(name, content)
        code = "" if any(block.text for block in draft.blocks) else "read, but empty"
    except RuleError as refused:
        code = refused.code
    assert time.monotonic() - before < LONGEST
    return code


@pytest.mark.parametrize(("name", "content", "code"), [bomb[1:] for bomb in BOMBS], ids=[bomb[0] for bomb in BOMBS])
def test_a_bomb_is_refused_and_harms_nobody(name, content, code):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = outcome(name, content)
    assert (found == code) if code else found in {"", *SENTENCES, "too_deep"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * MEGABYTE


@pytest.mark.parametrize("number", range(ROUNDS))
def test_spoiled_files_are_read_or_refused(number):
    codes = [outcome(*spoiled(seed)) for seed in range(number * FILES, (number + 1) * FILES)]
    assert set(codes) <= {"", *SENTENCES, "too_deep"} - {"busy"}
    assert "" in codes
