"""The rule book: a class's decisions go into the draft of the next version, and out of it again without a trace."""

import uuid

import pytest

from annotator.domain.errors import RuleError
from annotator.models import (
    Article,
    Codebook,
    CodebookVersion,
    Exercise,
    Label,
    Membership,
    Phase,
    RuleEntry,
    Span,
)
from annotator.services.erasure import classroom_anonymise, classroom_erase, member_erase
from annotator.services.exercises import exercise_add, exercise_discard
from annotator.services.rule_books import Example, Rule, rule_take_back, rule_write, version_publish
from annotator.services.samples import samples_add, samples_remove
from annotator.services.withdrawal import article_withdraw
from tests import factories
from tests.security import world
from tests.services.erasing import found
from tests.services.saving import add

pytestmark = pytest.mark.django_db
TEXT = "A visit counts as a claim when somebody could have counted it."
TEXTS = ("name", "letter", "question", "definition", "student_text", "include", "exclude", "extent", "examples")


@pytest.fixture
def work():
    teacher = factories.teacher("rosa")
    return factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.CLOSED)


def leader(work):
    return work.classroom.memberships.get(is_teacher=True, removed_at=None)


def example(work):
    """The sentence on visitors, its first three words marked."""
    article = work.articles.get()
    first = article.text.index("Some 900 visitors")
    return Example(article, first, first + 17, first, article.text.index("\n\nIt was"))


def rule(**fields):
    given = {"uuid": uuid.uuid4(), "text": TEXT, "includes": ("claim",), "excludes": (), "example": None}
    return Rule(**{**given, **fields})


def write(work, **fields):
    return rule_write(exercise=work, member=leader(work), rule=rule(**fields))


def card(version, slug="claim"):
    return version.labels.get(slug=slug)


def cards(version):
    """All that the cards of a version say."""
    return list(version.labels.order_by("position").values_list("slug", *TEXTS))


def test_the_first_rule_copies_the_app_s_codebook_for_the_teacher_and_leaves_it_as_it_is(work):
    before = cards(factories.codebook())
    entry = write(work, example=example(work))
    draft, used = entry.version, work.codebook_version
    assert (draft.number, draft.parent, draft.published_at, draft.frozen_at) == (2, used, None, None)
    assert (draft.codebook.owner, draft.codebook != used.codebook) == (leader(work).user, True)
    assert draft.title == "Four tags for the news, Class 9B"
    same = ("language", "overlap", "quoted_opinion", "decision_order", "attributes")
    assert [getattr(draft, name) for name in same] == [getattr(used, name) for name in same]
    assert list(draft.labels.values_list("slug", "position", "tint", "line_style")) == list(
        used.labels.values_list("slug", "position", "tint", "line_style")
    )
    assert cards(factories.codebook()) == before


def test_the_rule_stands_last_under_in_with_its_words_as_an_example(work):
    entry = write(work, example=example(work))
    made, old = card(entry.version), card(factories.codebook())
    assert made.include == [*old.include, TEXT]
    assert made.exclude == old.exclude
    shown = {"text": "Some 900 visitors came last year.", "marks": ["Some 900 visitors"], "rule": TEXT}
    assert made.examples[:-1] == old.examples
    assert made.examples[-1] == {**shown, "article": str(work.articles.get().uuid)}
    assert cards(entry.version)[1:] == cards(factories.codebook())[1:]
    assert (entry.quote, entry.member, entry.exercise) == ("Some 900 visitors", leader(work), work)
    assert (entry.includes, entry.excludes, entry.text) == (["claim"], [], TEXT)


def test_a_rule_may_say_on_the_other_card_that_it_does_not_belong_there(work):
    entry = write(work, excludes=("opinion",), example=example(work))
    other = card(entry.version, "opinion")
    assert (other.exclude[-1], TEXT in other.include) == (TEXT, False)
    assert other.examples[-1]["marks"] == []


def test_further_rules_go_into_the_same_draft_whoever_of_its_teachers_writes_them(work):
    first = write(work)
    colleague = factories.teacher("ilse")
    member = Membership.objects.create(classroom=work.classroom, user=colleague, is_teacher=True)
    second = rule_write(exercise=work, member=member, rule=rule(text="Another rule."))
    assert second.version == first.version
    assert Codebook.objects.exclude(owner=None).count() == 1
    assert card(first.version).include[-2:] == [TEXT, "Another rule."]


def test_each_class_has_its_own_book(work):
    first = write(work)
    room = factories.classroom(leader(work).user, name="Class 8A")
    other = factories.exercise(room, [work.articles.get()], phase=Phase.CLOSED)
    second = write(other)
    assert second.version.codebook != first.version.codebook
    assert second.version.title.endswith("Class 8A")
    assert {first.version.codebook.slug, second.version.codebook.slug} == {"sourcewise-news", "sourcewise-news-2"}


def test_a_codebook_with_an_owner_gets_its_own_next_version(work):
    book = published(write(work))
    again = factories.exercise(work.classroom, [work.articles.get()], phase=Phase.CLOSED, title="Again")
    Exercise.objects.filter(pk=again.pk).update(codebook_version=book)
    entry = write(Exercise.objects.get(pk=again.pk), text="A third rule.")
    assert (entry.version.codebook, entry.version.number, entry.version.parent) == (book.codebook, 3, book)
    assert card(entry.version).include[-2:] == [TEXT, "A third rule."]
    assert card(book).include[-1] == TEXT
    assert write(work, text="From the first exercise still.").version == entry.version


def published(entry):
    return version_publish(version=entry.version)


def test_the_same_form_sent_again_answers_as_the_first_time(work):
    given = rule(example=example(work))
    first = rule_write(exercise=work, member=leader(work), rule=given)
    before = world.fingerprint()
    assert rule_write(exercise=work, member=leader(work), rule=given) == first
    assert world.fingerprint() == before


def test_a_form_sent_from_another_exercise_is_refused(work):
    given = rule()
    rule_write(exercise=work, member=leader(work), rule=given)
    other = factories.exercise(work.classroom, [work.articles.get()], phase=Phase.CLOSED, title="Again")
    with pytest.raises(RuleError, match="another exercise"):
        rule_write(exercise=other, member=leader(other), rule=given)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": "  \u200b "}, "no_rule"),
        ({"text": "a" * 301}, "long_rule"),
        ({"includes": ()}, "no_card"),
        ({"includes": ("rumour",)}, "no_label"),
        ({"text": "numbers and dates"}, "same_rule"),
    ],
)
def test_a_rule_that_makes_no_sense_changes_nothing(work, fields, code):
    before = world.fingerprint()
    with pytest.raises(RuleError) as refused:
        write(work, **fields)
    assert refused.value.code == code
    assert world.fingerprint() == before


def test_no_card_says_a_rule_twice(work):
    write(work)
    before = world.fingerprint()
    with pytest.raises(RuleError, match="says that already"):
        write(work, includes=("attribution", "claim"))
    assert world.fingerprint() == before


def test_words_that_are_not_in_the_text_are_refused(work):
    far = example(work).article.length
    with pytest.raises(RuleError, match="not where the page says"):
        write(work, example=Example(work.articles.get(), far - 1, far + 1, 0, far))
    assert not RuleEntry.objects.exists()


def test_taking_back_leaves_the_cards_as_they_were_to_the_letter(work):
    kept = write(work, text="This one stays.", example=example(work), excludes=("opinion",))
    before = cards(kept.version)
    entry = write(work, example=example(work), includes=("claim", "opinion"), excludes=("attribution",))
    later = write(work, text="A later one.", example=example(work))
    rule_take_back(entry=later)
    rule_take_back(entry=entry)
    assert cards(kept.version) == before
    entry.refresh_from_db()
    assert (entry.taken_back_at is not None, entry.text) == (True, TEXT)
    once = world.fingerprint()
    rule_take_back(entry=entry)
    assert world.fingerprint() == once
    assert write(work).version == kept.version


def test_a_published_version_never_changes(work):
    entry = write(work)
    version = published(entry)
    before = cards(version)
    with pytest.raises(RuleError, match="published versions never change"):
        rule_take_back(entry=entry)
    assert write(work, text="The next one.").version.number == 3
    assert cards(version) == before
    at = version.published_at
    assert version_publish(version=version).published_at == at


def test_a_draft_without_a_rule_is_not_published(work):
    entry = write(work)
    rule_take_back(entry=entry)
    with pytest.raises(RuleError, match="no rule in this draft"):
        version_publish(version=entry.version)
    assert CodebookVersion.objects.get(pk=entry.version.pk).published_at is None


def test_a_draft_is_for_no_exercise_and_a_published_version_is_frozen_by_its_first_mark(work):
    entry = write(work)
    made = {"classroom": work.classroom, "created_by": leader(work).user, "articles": [work.articles.get()]}
    with pytest.raises(RuleError, match="still being written"):
        exercise_add(**made, title="Too soon", codebook_version=entry.version)
    version = published(entry)
    after = exercise_add(**made, title="The next", codebook_version=version)
    Exercise.objects.filter(pk=after.pk).update(phase=Phase.OPEN, opened_at=factories.NOON)
    add(factories.reading(Exercise.objects.get(pk=after.pk), factories.reader(work.classroom)))
    version.refresh_from_db()
    assert version.frozen_at is not None
    assert Span.objects.get().label == card(version)


def test_no_word_of_a_withdrawn_article_is_left_in_rules_or_on_cards(work):
    Article.objects.update(title="A fair")
    entry = write(work, example=example(work), excludes=("opinion",))
    version = published(entry)
    draft = write(work, text="A rule without an example.").version
    assert len(found("900 visitors")) >= 2
    article_withdraw(article=work.articles.get(), by=leader(work).user)
    assert found("900 visitors") == found("came last year") == []
    entry.refresh_from_db()
    assert entry.quote == "xxxx xxx xxxxxxxx"
    for each in (version, draft):
        assert TEXT in card(each).include
        assert card(each).examples == card(factories.codebook()).examples
    rule_taken = write(work, text="One more.")
    rule_take_back(entry=rule_taken)


def test_a_withdrawn_article_gives_no_example(work):
    given = example(work)
    article_withdraw(article=given.article, by=leader(work).user)
    with pytest.raises(RuleError, match="was withdrawn"):
        write(work, example=given)
    assert not RuleEntry.objects.exists()


def test_with_its_class_goes_its_rule_book(work):
    write(work, example=example(work))
    done = classroom_erase(classroom=work.classroom, by=leader(work).user)
    assert (done.counts["rules"], done.counts["codebooks"]) == (1, 1)
    assert not RuleEntry.objects.exists()
    assert list(Codebook.objects.values_list("owner", flat=True)) == [None]
    assert found(TEXT) == []


def test_a_rule_book_that_another_class_reads_with_outlives_its_class(work):
    version = published(write(work))
    room = factories.classroom(leader(work).user, name="Class 8A")
    other = factories.exercise(room, [work.articles.get()])
    Exercise.objects.filter(pk=other.pk).update(codebook_version=version)
    classroom_erase(classroom=work.classroom, by=leader(work).user)
    assert not RuleEntry.objects.exists()
    assert card(version).include[-1] == TEXT


def test_a_codebook_that_came_with_a_class_of_its_own_is_not_taken_for_a_rule_book(work):
    book = Codebook.objects.create(slug="own", owner=leader(work).user)
    own = CodebookVersion.objects.create(codebook=book, number=1, title="Own", published_at=factories.NOON)
    Label.objects.create(version=own, slug="claim", position=1, name="Claim", letter="C")
    Exercise.objects.filter(pk=work.pk).update(codebook_version=own)
    write(Exercise.objects.get(pk=work.pk))
    classroom_erase(classroom=work.classroom, by=leader(work).user)
    assert Codebook.objects.filter(pk=book.pk).exists()


def test_who_wrote_a_rule_and_left_is_nameless_in_it(work):
    colleague = factories.teacher("ilse-canary")
    member = Membership.objects.create(classroom=work.classroom, user=colleague, is_teacher=True)
    entry = rule_write(exercise=work, member=member, rule=rule())
    Membership.objects.filter(pk=member.pk).update(removed_at=factories.NOON)
    member.refresh_from_db()
    member_erase(member=member, by=leader(work).user)
    entry.refresh_from_db()
    assert (entry.text, entry.member.anonymised_at is not None) == (TEXT, True)
    assert entry.member.user != colleague


def test_making_a_class_nameless_keeps_its_rules(work):
    entry = write(work, example=example(work))
    factories.reader(work.classroom)
    classroom_anonymise(classroom=work.classroom, by=leader(work).user)
    entry.refresh_from_db()
    assert (entry.text, entry.quote) == (TEXT, "Some 900 visitors")


def test_the_sample_class_goes_with_the_rules_that_were_tried_in_it():
    teacher = factories.teacher("rosa")
    samples_add(teacher=teacher)
    work = Exercise.objects.get(is_sample=True, phase=Phase.REVEALED)
    article = work.articles.get()
    rule_write(
        exercise=work, member=work.classroom.memberships.get(is_teacher=True),
        rule=rule(example=Example(article, 0, 9, 0, 30)),
    )  # fmt: skip
    samples_remove(teacher=teacher)
    assert not RuleEntry.objects.exists()
    assert list(Codebook.objects.values_list("owner", flat=True)) == [None]


def test_a_draft_from_which_a_rule_was_written_is_not_thrown_away(work):
    write(work)
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.DRAFT)
    with pytest.raises(RuleError, match="A rule in your rule book"):
        exercise_discard(exercise=Exercise.objects.get(pk=work.pk))
