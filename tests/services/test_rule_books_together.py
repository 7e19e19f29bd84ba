"""Rules that arrive at the same moment: one form many times, and teachers who write the first rule of a class."""

import uuid

import pytest

from annotator.models import Codebook, CodebookVersion, Membership, Phase, RuleEntry
from annotator.services.rule_books import Rule, rule_write, version_publish
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_draft_is_made_and_each_form_is_kept_once() -> None:
    room = factories.classroom(factories.teacher())
    work = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.CLOSED)
    leaders = [Membership.objects.get(classroom=room, is_teacher=True)]
    leaders += [Membership.objects.create(classroom=room, user=factories.teacher(), is_teacher=True)]
    same = uuid.uuid4()

    def writing(member: Membership, name: uuid.UUID) -> RuleEntry:
        return rule_write(exercise=work, member=member, rule=Rule(name, f"Rule {name}", ("claim",)))

    made = together([lambda: writing(leaders[0], same)] * 4 + [lambda: writing(leaders[1], uuid.uuid4())] * 3)
    assert len({each.pk for each in made[:4]}) == 1
    [book] = Codebook.objects.exclude(owner=None)
    [draft] = CodebookVersion.objects.filter(codebook=book)
    rules = set(RuleEntry.objects.values_list("text", flat=True))
    assert len(rules) == 4
    assert set(draft.labels.get(slug="claim").include[-4:]) == rules


def test_what_is_written_while_the_draft_is_published_is_in_it_or_in_the_next() -> None:
    room = factories.classroom(factories.teacher())
    work = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.CLOSED)
    member = Membership.objects.get(classroom=room, is_teacher=True)
    first = rule_write(exercise=work, member=member, rule=Rule(uuid.uuid4(), "The first.", ("claim",)))

    def writing(number: int) -> RuleEntry:
        return rule_write(exercise=work, member=member, rule=Rule(uuid.uuid4(), f"Rule {number}.", ("claim",)))

    together([lambda: version_publish(version=first.version), *[lambda n=n: writing(n) for n in range(4)]])
    for entry in RuleEntry.objects.select_related("version"):
        assert entry.text in entry.version.labels.get(slug="claim").include
    numbers = set(CodebookVersion.objects.filter(codebook=first.version.codebook).values_list("number", flat=True))
    assert numbers <= {2, 3}
    for entry in RuleEntry.objects.filter(version__number=2):
        assert entry.made_at <= CodebookVersion.objects.get(pk=entry.version.pk).published_at
