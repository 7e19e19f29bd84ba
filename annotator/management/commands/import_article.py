"""`import_article FILE`: shows what a file would become, or stores it with the blocks that come pre-ticked."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from annotator.domain.blocks import assemble
from annotator.domain.errors import RuleError
from annotator.domain.text import fingerprint
from annotator.importers import DraftArticle, read_article
from annotator.importers.refusals import SENTENCES
from annotator.models import Article, User
from annotator.services.articles import Facts, article_store
from annotator.services.drafts import facts_found


class Command(BaseCommand):
    """Import one article from a file."""

    help = "Import an article from a .txt, .md, .html, .docx or .pdf file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what to do with it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show what would be stored, and store nothing")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--owner", metavar="USER", help="the teacher whose article it becomes")
        parser.add_argument("--again", action="store_true", help="store the text even if the owner has it already")

    def handle(self, *args: object, **options: Any) -> None:
        """Read, store unless it is a dry run, print."""
        file: Path = options["file"]
        try:
            source = read_article(file.name, content(file))
            facts = titled(facts_found(source), file)
            found = outcome(source, facts)
            if not options["dry_run"]:
                found |= {"id": str(self.store(source, facts, options).uuid)}
        except RuleError as error:
            raise CommandError(_(error.message) % error.params if error.params else _(error.message)) from error
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) if options["json"] else in_words(found))

    def store(self, source: DraftArticle, facts: Facts, options: dict[str, Any]) -> Article:
        """The stored article; the one with the same text that the owner has already, unless told otherwise."""
        owner = owner_named(options["owner"])
        text, _ranges = assemble(kept(source))
        twin = owner.articles.visible().filter(text_sha256=fingerprint(text)).order_by("pk").first()
        if twin is None or options["again"]:
            return article_store(owner=owner, blocks=kept(source), **asdict(facts))
        self.stderr.write(_("You already have this text, so nothing was stored. To store it again, add --again."))
        return twin


def content(file: Path) -> bytes:
    """The file's bytes; one that is too big is not read to its end."""
    most = settings.UPLOAD_MAX_BYTES
    try:
        with file.open("rb") as opened:
            found = opened.read(most + 1)
    except OSError as error:
        raise CommandError(_("“%(file)s” cannot be read. Check its name and place.") % {"file": file}) from error
    if len(found) > most:
        raise CommandError(_(SENTENCES["too_big"]))
    return found


def owner_named(name: str | None) -> User:
    """The teacher of that name, or the only teacher there is."""
    teachers = User.objects.filter(is_teacher=True, is_active=True)
    found = list((teachers.filter(username__iexact=name) if name else teachers).order_by("pk")[:2])
    if len(found) == 1:
        return found[0]
    if name:
        raise CommandError(_("There is no teacher called “%(name)s”.") % {"name": name})
    raise CommandError(_("Say whose article it is: --owner USER."))


def kept(source: DraftArticle) -> list[tuple[str, str]]:
    """(kind, text) of the pre-ticked blocks."""
    return [(block.kind, block.text) for block in source.blocks if block.kept]


def titled(facts: Facts, file: Path) -> Facts:
    """With the file's name where no title was found."""
    return facts if facts.title else Facts(**(asdict(facts) | {"title": file.stem[:300] or file.name[:300]}))


def outcome(source: DraftArticle, facts: Facts) -> dict[str, Any]:
    """What would be stored, and what would not."""
    text, ranges = assemble(kept(source))
    return {
        "title": facts.title,
        "publication": facts.publication,
        "author": facts.author,
        "published": facts.published.isoformat() if facts.published else None,
        "address": facts.address,
        "language": facts.language,
        "text": text,
        "sha256": fingerprint(text),
        "blocks": [{"kind": block.kind, "start": block.start, "end": block.end} for block in ranges],
        "left_out": [{"kind": block.kind, "text": block.text} for block in source.blocks if not block.kept],
        "warnings": list(source.warnings),
    }


def in_words(found: dict[str, Any]) -> str:
    """The same for a person to read."""
    lines = [
        f"{name}: {found[name]}"
        for name in ("title", "publication", "author", "published", "address", "language", "sha256", "id")
        if found.get(name)
    ]
    lines.append(f"blocks: {len(found['blocks'])} kept, {len(found['left_out'])} left out")
    lines += [f"warning: {warning}" for warning in found["warnings"]]
    return "\n".join([*lines, "", found["text"]])
