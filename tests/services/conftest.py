"""What several tests of saving begin with."""

import pytest

from annotator.models import Reading
from tests import factories


@pytest.fixture
def reading() -> Reading:
    """One open reading of an article, with nothing in it."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher)])
    return factories.reading(work, factories.reader(room))
