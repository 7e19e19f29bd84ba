"""Twenty seeds of trouble, of eight kinds: whatever befalls browser, network and server, all is stored once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.outbox_troubles import TROUBLES, run_seed
from tests.e2e.outbox_world import World, outbox_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.whole]

# The bench does two hundred.
SEEDS = 20


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[tuple[World, list[Any]]]:
    """One server for all seeds, which survives being killed."""
    with outbox_world(tmp_path_factory.mktemp("outbox"), SEEDS) as world:
        yield world


@pytest.mark.parametrize("seed", range(SEEDS), ids=lambda seed: f"{seed}-{TROUBLES[seed % len(TROUBLES)].__name__}")
def test_the_set_sent_is_the_set_stored_each_once_and_under_no_other_name(
    seed: int, served: tuple[World, list[dict[str, Any]]], browser: Browser, tmp_path: Path
) -> None:
    world, facts = served
    outcome = run_seed(world, facts[seed], browser.browser_type, tmp_path / "profile", seed)
    assert outcome.is_good, outcome
