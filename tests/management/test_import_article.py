"""`import_article`: what it prints for each kind of file, what it stores, and that a refusal leaves nothing behind."""

import io
import json
import resource
import tempfile
import time

import pytest
from django.core.management import CommandError, call_command

from annotator.importers.refusals import SENTENCES
from annotator.models import Article, ArticleDraft
from tests import factories
from tests.importers.documents import docx, paragraph, pdf
from tests.importers.hostile import with_parts

pytestmark = pytest.mark.django_db

PAGE = """<html lang="en"><head><title>Ferry bought back</title></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Ferry bought back</h1>
<p>It is late, said the pilot, and it has been late since Monday.</p>
<p>Nobody had asked him, he told the Lantern, and nobody will.</p></article></body></html>"""
FILES = {
    "ferry.txt": "Ferry bought back\r\n\r\nIt is “late”.".encode(),
    "ferry.md": "# Ferry bought back\n\nIt is “late”.".encode(),
    "ferry.html": PAGE.encode(),
    "ferry.docx": docx(paragraph("Ferry bought back", style="T") + paragraph("It is “late”.")),
    "ferry.pdf": pdf([[(60, 760, 20, "Ferry bought back"), (60, 730, 8, "It is “late”, said the pilot.")]]),
}
KEYS = [
    *("title", "publication", "author", "published", "address", "language", "text", "sha256", "blocks", "left_out"),
    "warnings",
]
MEGABYTE = 1024


def run(path, *options):
    """What the command prints for the file."""
    printed = io.StringIO()
    call_command("import_article", str(path), *options, stdout=printed)
    return printed.getvalue()


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Writes a file and says where it is. Turns at reading are taken apart from others on this machine."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def written(name, content):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return written


@pytest.mark.parametrize("name", FILES)
def test_a_dry_run_prints_what_would_be_stored_and_stores_nothing(file, name):
    found = json.loads(run(file(name, FILES[name]), "--dry-run", "--json"))
    assert list(found) == KEYS
    assert found["title"] == "Ferry bought back"
    assert found["text"].startswith("Ferry bought back\n\nIt is ")
    first, *others = found["blocks"]
    assert first == {"kind": "heading", "start": 0, "end": 17}
    assert others[-1]["end"] == len(found["text"])
    assert all(found["text"][block["start"] : block["end"]].strip() for block in found["blocks"])
    assert [each["text"] for each in found["left_out"]] == (["Home"] if name == "ferry.html" else [])
    assert not Article.objects.exists()


def test_the_fingerprint_is_that_of_the_text(file):
    # printf 'Ferry bought back\n\nIt is “late”.' | sha256sum
    found = json.loads(run(file("ferry.txt", FILES["ferry.txt"]), "--dry-run", "--json"))
    assert found["sha256"] == "ea1a0f3295eca7a634023ae797f63369c02f776eb24f7f87021fe3e0da1ab567"


@pytest.mark.parametrize("name", FILES)
def test_without_a_dry_run_the_article_is_stored_and_its_id_printed(file, name):
    teacher = factories.teacher("ilse")
    found = json.loads(run(file(name, FILES[name]), "--json", "--owner", "ilse"))
    article = Article.objects.get(uuid=found["id"])
    assert (article.owner, article.text, article.text_sha256) == (teacher, found["text"], found["sha256"])
    assert article.blocks.count() == len(found["blocks"])


def test_the_same_text_twice_is_one_article_unless_asked_for(file, capsys):
    factories.teacher("ilse")
    path = file("ferry.txt", FILES["ferry.txt"])
    first, second = (json.loads(run(path, "--json"))["id"] for _ in range(2))
    assert first == second
    assert "You already have this text" in capsys.readouterr().err
    assert json.loads(run(path, "--json", "--again"))["id"] != first


def test_a_person_can_read_what_is_printed_without_json(file):
    printed = run(file("ferry.txt", FILES["ferry.txt"]), "--dry-run")
    assert "title: Ferry bought back\n" in printed
    assert printed.endswith("Ferry bought back\n\nIt is “late”.\n")


REFUSED = [
    ("empty.txt", b"", "empty"),
    ("empty.docx", b"", "empty"),
    ("scan.pdf", pdf([[]]), "scan"),
    ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected"),
    ("bomb.docx", with_parts(word__media=bytes(40 * 1024 * 1024)), "bomb"),
    ("big.html", b"<p>late" * (60 * 1024 * 1024 // 7), "too_big"),
    ("late.pages", b"late", "unknown_type"),
]


@pytest.mark.parametrize(("name", "content", "code"), REFUSED, ids=[each[0] for each in REFUSED])
def test_a_refusal_is_one_sentence_and_leaves_nothing_behind(file, name, content, code):
    factories.teacher("ilse")
    path = file(name, content)
    before, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CommandError) as refused:
        run(path, "--json")
    assert refused.value.returncode == 1
    assert str(refused.value) == SENTENCES[code]
    assert time.monotonic() - before < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 60 * MEGABYTE
    assert not Article.objects.exists()
    assert not ArticleDraft.objects.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [(["--owner", "nobody"], "There is no teacher called “nobody”."), ([], "Say whose article it is: --owner USER.")],
)
def test_an_article_needs_an_owner(file, options, sentence):
    with pytest.raises(CommandError) as refused:
        run(file("ferry.txt", FILES["ferry.txt"]), *options)
    assert str(refused.value) == sentence


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.txt” cannot be read"):
        run(tmp_path / "nowhere.txt")
