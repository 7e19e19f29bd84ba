"""The words of the preview: parts of a page, kinds of blocks, counts, and what the importer noticed."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotator.models import Block

GROUPS = {
    "header": (_("Header and menu"), "part-header"),
    "story": (_("Story"), "story"),
    "aside": (_("Beside the story"), "part-side"),
    "footer": (_("Footer"), "part-footer"),
}


def group_title(name: str) -> str:
    """What a part of the page is called."""
    return str(GROUPS[name][0]) if name in GROUPS else name.replace("_", " ").capitalize()


def group_icon(name: str) -> str:
    """The sign of a part of the page."""
    return GROUPS[name][1] if name in GROUPS else "part-side"


def kind_name(kind: str, *, is_title: bool) -> str:
    """What a block is called."""
    return gettext("Title") if is_title else str(Block.Kind(kind).label)


def count_words(kept: int, total: int) -> str:
    """How much of a group is kept, in words."""
    if kept == total:
        return ngettext("%(total)s block kept", "all %(total)s blocks kept", total) % {"total": total}
    if kept == 0:
        return ngettext("%(total)s block left out", "%(total)s blocks left out", total) % {"total": total}
    return gettext("%(kept)s of %(total)s blocks kept") % {"kept": kept, "total": total}


def notices(content: dict[str, Any]) -> list[str]:
    """What the importer changed or could not keep, as sentences."""
    return [str(each) for each in content.get("warnings", [])]


def changes(content: dict[str, Any]) -> list[str]:
    """What canonical characters cost, as sentences: a total, then each kind."""
    return []
