"""Turns of their own for these tests: nobody else on this machine waits for them, or lets them wait."""

import tempfile

import pytest


@pytest.fixture(autouse=True)
def _own_turns(monkeypatch, tmp_path):
    """A folder for locks that no other process uses."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
