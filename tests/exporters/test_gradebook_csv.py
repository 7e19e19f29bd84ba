"""gradebook.csv and Moodle's file, compared with what was written by hand after FORMATS 2.3."""

from datetime import UTC, datetime

from annotator.exporters import gradebook_csv
from annotator.exporters.gradebook_csv import GradeRow

EXERCISE = "0b7c1a52-6a3f-4a55-9d0f-0a4f6f1f2c3d"
ROWS = [
    GradeRow(
        annotator="r07", name="=Sam Lee", student_ref="4711", section="B", exercise=EXERCISE,
        joined_at=datetime(2026, 3, 9, 8, 0, 5, tzinfo=UTC), status=("submitted", "not_started"),
        submitted_at=(datetime(2026, 3, 9, 8, 20, tzinfo=UTC), None), active_seconds=754,
        marks={"claim": 3, "opinion": 1}, key_f1=(0.75, 0.6875), points=8.25, points_max=10,
    ),
    GradeRow(
        annotator="r12", name="Ada, Amy", student_ref="", section="", exercise=EXERCISE,
        joined_at=datetime(2026, 3, 9, 8, 1, tzinfo=UTC), status=("collected", ""), submitted_at=(None, None),
        active_seconds=0, marks={}, key_f1=(None, None), points=0.0, points_max=10,
    ),
]  # fmt: skip
HEADER = (
    '"annotator","name","student_ref","section","exercise","joined_at","status_r1","submitted_at_r1","status_r2",'
    '"submitted_at_r2","active_minutes","n_claim","n_opinion","key_f1_r1","key_f1_r2","key_gain","points","points_max"\r\n'
)


def test_names_stand_in_it_where_they_are_asked_for():
    sam, ada = (
        f'"r07","\'=Sam Lee","4711","B","{EXERCISE}","2026-03-09T08:00:05Z","submitted","2026-03-09T08:20:00Z",'
        '"not_started","","12.6","3","1","0.7500","0.6875","-0.0625","8.25","10"\r\n',
        f'"r12","Ada, Amy","","","{EXERCISE}","2026-03-09T08:01:00Z","collected","",'
        '"","","0.0","0","0","","","","0","10"\r\n',
    )
    assert "".join(gradebook_csv.records(ROWS, ["claim", "opinion"], names=True)) == HEADER + sam + ada


def test_and_nowhere_else():
    text = "".join(gradebook_csv.records(ROWS, ["claim", "opinion"], names=False))
    assert text.split("\r\n")[1].startswith(f'"r07","","","","{EXERCISE}"')
    assert "Sam" not in text
    assert "4711" not in text


def test_moodle_gets_grade_and_feedback_for_each_with_a_number():
    rows = [(ROWS[0], "Handed in."), (ROWS[1], "Collected.")]
    assert "".join(gradebook_csv.moodle_records(rows)) == (
        '"ID number","Grade","Feedback"\r\n"4711","8.25","Handed in."\r\n'
    )
