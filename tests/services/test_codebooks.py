"""The codebook that comes with the app, and the migration that brings it."""

import importlib

import pytest
from django.apps import apps
from django.db.models import ProtectedError

from annotator.models import Codebook, CodebookVersion
from annotator.services.codebooks import default_version
from tests import factories

migration = importlib.import_module("annotator.migrations.0002_default_codebook")
pytestmark = pytest.mark.django_db


def test_the_default_codebook_has_its_four_labels_in_order() -> None:
    found = default_version().labels.values_list("slug", "letter", "tint", "line_style", "question")
    assert list(found) == [
        ("claim", "C", 1, "solid", "Could someone check this?"),
        ("attribution", "A", 2, "dashed", "Says who?"),
        ("opinion", "O", 3, "double", "Is this the writer’s own judgement?"),
        ("boilerplate", "B", 4, "dotted", "Would it fit unchanged under another story?"),
    ]


def test_the_default_codebook_is_published_and_not_frozen_yet() -> None:
    version = default_version()
    assert (str(version.codebook), version.number, version.codebook.owner) == ("sourcewise-news", 1, None)
    assert version.published_at is not None
    assert version.frozen_at is None
    assert (version.overlap, version.quoted_opinion) == ("allowed", "off")


def test_every_label_is_explained_and_no_attribute_is_shown() -> None:
    version = default_version()
    assert len(version.decision_order) == 5
    assert {each["id"] for each in version.attributes} == {
        "source_name", "source_kind", "reported_by", "confidence", "note",
    }  # fmt: skip
    assert not any(each["shown"] for each in version.attributes)
    for label in version.labels.all():
        assert all([label.definition, label.student_text, label.include, label.exclude, label.extent])


def test_the_words_marked_in_an_example_stand_in_its_text() -> None:
    examples = [each for label in default_version().labels.all() for each in label.examples]
    assert len(examples) == 14
    for each in examples:
        assert set(each) == {"text", "marks", "rule"}
        assert all(mark in each["text"] for mark in each["marks"])


def test_the_newest_published_version_is_the_default() -> None:
    first = default_version()
    draft = CodebookVersion.objects.create(codebook=first.codebook, number=2, title="Draft", parent=first)
    assert default_version() == first
    draft.published_at = factories.NOON
    draft.save()
    assert default_version() == draft


def test_a_teachers_codebook_of_the_same_name_is_not_the_default() -> None:
    theirs = Codebook.objects.create(slug="sourcewise-news", owner=factories.teacher())
    CodebookVersion.objects.create(codebook=theirs, number=9, title="Ours", published_at=factories.NOON)
    assert default_version().number == 1


def test_the_migration_can_be_taken_back_and_made_again() -> None:
    kept = default_version().uuid
    migration.remove(apps, None)
    assert not CodebookVersion.objects.exists()
    assert not Codebook.objects.exists()
    migration.add(apps, None)
    assert default_version().uuid == kept


def test_the_migration_is_not_taken_back_while_an_exercise_uses_it() -> None:
    owner = factories.teacher()
    factories.exercise(factories.classroom(owner), [factories.article(owner)])
    with pytest.raises(ProtectedError):
        migration.remove(apps, None)
