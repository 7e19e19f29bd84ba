"""`tidy` on the command line: it says how many, and no name."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from annotator.models import Classroom
from tests.services.erasing import found, lesson

pytestmark = pytest.mark.django_db


def said():
    """What the command prints."""
    out = StringIO()
    call_command("tidy", stdout=out)
    return out.getvalue()


def test_it_forgets_what_is_due_and_prints_counts_alone():
    here = lesson()
    Classroom.objects.update(archived_at=timezone.now() - timedelta(days=31), name=here.canary)
    Classroom.objects.update(name="Class 9B")
    assert said() == "Forgotten: 1 classes.\n"
    assert found(here.canary) == []


def test_with_nothing_to_do_it_says_so():
    assert said() == "Nothing to forget.\n"
