"""Ten thousand guesses of a class's code over HTTP: what they find, and how many are refused unlooked at.

Run by hand: `python -m pytest tests/bench/bench_guesses.py -p no:randomly -s`.
"""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from annotator.domain.codes import DOOR_LENGTH
from annotator.models import Membership
from annotator.services.doors import code_made
from tests.views import joining

GUESSES = 10_000


@pytest.mark.django_db
def test_ten_thousand_guesses() -> None:
    """From one address, and again each from an address of its own."""
    room = joining.class_with_door()
    for what, address in (("one address", "192.0.2.7"), ("an address each", "")):
        answers: Counter[int] = Counter()
        for number in range(GUESSES):
            client = Client(REMOTE_ADDR=address or f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
            answers[client.post(reverse("join"), {"code": code_made(DOOR_LENGTH)}).status_code] += 1
        print(f"{GUESSES} guesses from {what}: {dict(answers)}")
        assert answers[302] == 0
    assert not Membership.objects.readers().filter(classroom=room).exists()
