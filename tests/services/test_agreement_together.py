"""Many hand in at the same moment: the row that stays counts them all."""

import pytest

from annotator.domain.agreement.pair_rows import pair_bytes
from annotator.domain.agreement.pairs import pair_counts
from annotator.domain.agreement.summary import as_bytes, summary
from annotator.models import AgreementRow, Phase, Reading, ReadingState
from annotator.models.counted import counted_texts, labels_of
from annotator.reports.agreement_rows import rows_in
from annotator.services.readings import reading_hand_in, reading_reopen
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def readings():
    """Twelve second-round readings, marked and still open."""
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.REVISING)
    made = [factories.reading(work, factories.reader(work.classroom), round=2) for _each in range(12)]
    for place, each in enumerate(made):
        factories.span(each, 28 + place, 60)
    return made


def check(work, readers):
    [row] = AgreementRow.objects.all()
    labels, _slugs = labels_of(work.codebook_version_id)
    [text] = counted_texts(Reading.objects.filter(exercise=work), labels)
    assert row.readers == list(text.readers) == sorted(readers)
    assert bytes(row.summary) == as_bytes(summary(text.document))
    [found] = rows_in([work], 2)
    assert found.counts == bytes(row.summary)
    assert bytes(row.pairs.counts) == pair_bytes(pair_counts(text.document))


def test_twelve_hand_in_at_once_and_one_row_counts_them_all(readings):
    done = together([lambda each=each: reading_hand_in(reading=each).state for each in readings])
    assert done == [ReadingState.SUBMITTED] * 12
    check(readings[0].exercise, [each.member_id for each in readings])


def test_some_hand_in_while_others_are_opened_again(readings):
    for each in readings[:6]:
        reading_hand_in(reading=each)
    jobs = [lambda each=each: reading_reopen(reading=each).state for each in readings[:6]]
    jobs += [lambda each=each: reading_hand_in(reading=each).state for each in readings[6:]]
    assert together(jobs) == [ReadingState.OPEN] * 6 + [ReadingState.SUBMITTED] * 6
    check(readings[0].exercise, [each.member_id for each in readings[6:]])
