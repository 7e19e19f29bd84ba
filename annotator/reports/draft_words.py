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
    """What the importer changed or could not keep, as sentences in the reader's language."""
    return [gettext(str(each)) for each in content.get("warnings", []) if each]


def changes(content: dict[str, Any]) -> list[str]:
    """What canonical characters cost, as sentences: a total, then each kind; nothing when nothing was changed."""
    counts = {kind: int(count) for kind, count in content.get("changes", {}).items() if count}
    if not counts:
        return []
    total = sum(counts.values())
    first = ngettext(
        "%(count)s character was changed so that every program counts this text alike.",
        "%(count)s characters were changed so that every program counts this text alike.",
        total,
    )
    return [first % {"count": total}, *(change(kind, counts[kind]) for kind in sorted(counts))]


def change(kind: str, count: int) -> str:
    """One kind of change, in words."""
    if kind == "bom":
        words = ngettext(
            "%(count)s mark at the very beginning, which no reader sees, was taken out.",
            "%(count)s marks at the very beginning, which no reader sees, were taken out.",
            count,
        )
    elif kind == "line_break":
        words = ngettext(
            "%(count)s line end is written in the usual way now.",
            "%(count)s line ends are written in the usual way now.",
            count,
        )
    elif kind == "nul":
        words = ngettext(
            "%(count)s empty character (NUL) was taken out.",
            "%(count)s empty characters (NUL) were taken out.",
            count,
        )
    elif kind == "surrogate":
        words = ngettext(
            "%(count)s half of a character was taken out.", "%(count)s halves of characters were taken out.", count
        )
    elif kind == "noncharacter":
        words = ngettext(
            "%(count)s code that stands for no character shows as � now.",
            "%(count)s codes that stand for no character show as � now.",
            count,
        )
    else:
        words = ngettext(
            "%(count)s control character became a space.", "%(count)s control characters became spaces.", count
        )
    return words % {"count": count}
