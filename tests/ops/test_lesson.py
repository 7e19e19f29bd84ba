"""A whole lesson over HTTP, at a tenth of its size: tests/bench/bench_class.py has thirty and three hundred pupils."""

import json
import sys

import pytest
from django.db import connection

from tests.ops.installation import Installation, installation
from tests.ops.lesson import Pupil, Teacher, lesson
from tests.ops.visitors import Visitor, free_port, gunicorn, serving, stored

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S04"), pytest.mark.proves("S15")]

PUPILS, SAVES = 8, 5
READINGS = """
    SELECT r.state, COUNT(s.id), COUNT(CASE WHEN s.is_late THEN 1 END) FROM annotator_reading r
    LEFT JOIN annotator_span s ON s.reading_id = r.id GROUP BY r.id, r.state ORDER BY r.state, 2"""


def seeded(here: Installation) -> dict[str, str]:
    """What the people of a new lesson need."""
    here.manage("quickstart", "--no-serve", "--empty")
    code = "from tests.ops import seed; seed.lesson()"
    facts: dict[str, str] = json.loads(here.manage("shell", "--no-imports", "-c", code).stdout)
    return facts


def server(port: int) -> list[str]:
    """The command of the README for this database."""
    quickstart = [sys.executable, "manage.py", "quickstart", "--port", str(port)]
    return gunicorn(port, workers=3) if connection.vendor == "postgresql" else quickstart


def test_a_class_joins_reads_and_hands_in_while_its_teacher_watches_and_nothing_is_lost(tmp_path):
    with installation(tmp_path) as here:
        facts = seeded(here)
        port = free_port()
        with serving(here, port, *server(port)):
            teacher = Teacher(Visitor(port, dict(facts)))
            pupils = [Pupil(Visitor(port, {})) for _ in range(PUPILS)]
            lesson(teacher, pupils, facts, saves=SAVES)
        assert [person.strange for person in [teacher, *pupils] if person.strange] == []
        assert [pupil.visitor.failed for pupil in pupils if pupil.visitor.failed] == []
        acknowledged = {uuid.replace("-", "") for pupil in pupils for uuid in pupil.visitor.acknowledged}
        assert len(acknowledged) == (PUPILS + 2) * SAVES
        assert acknowledged == stored(here)
        # One pupil had not handed in when the reading closed; what was on its way counts all the same.
        handed_in = [("submitted", SAVES, 0)] * (PUPILS - 1)
        assert [tuple(row) for row in here.ask(READINGS)] == [("collected", 3 * SAVES, 0), *handed_in]
