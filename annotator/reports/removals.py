"""What a removal would take and what would stay, said before anybody confirms it.

Highlights are counted only where they may be seen: those of an exercise that is still blind go too, uncounted.
"""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotator.models import Article, Classroom, Exercise, Membership, Phase, Reading, RosterEntry, Span

BLIND = (Phase.DRAFT, Phase.OPEN)


@dataclass(frozen=True, slots=True)
class Removal:
    """The page before a removal. Who types `word` and presses `button` means it; `back` is the page one came from."""

    heading: str
    goes: list[str]
    stays: list[str]
    word: str
    button: str
    back: str
    is_done: bool = False


def readings_of(member: Membership) -> QuerySet[Reading]:
    """A person's readings, those of whoever they joined as before included; a key is nobody's."""
    root = member.merged_into_id or member.pk
    return Reading.objects.filter(Q(member=root) | Q(member__merged_into=root), is_key=False)


def made(readings: QuerySet[Reading]) -> list[str]:
    """How much would go. Two queries."""
    count = readings.count()
    seen = Span.objects.filter(reading__in=readings.exclude(exercise__phase__in=BLIND).order_by())
    found = seen.aggregate(all=Count("pk"), notes=Count("pk", filter=~Q(note="")))
    counts = [
        (count, ngettext("%(count)d reading", "%(count)d readings", count)),
        (found["all"], ngettext("%(count)d highlight", "%(count)d highlights", found["all"])),
        (found["notes"], ngettext("%(count)d note", "%(count)d notes", found["notes"])),
    ]
    lines = [line % {"count": number} for number, line in counts if number]
    if readings.filter(exercise__phase=Phase.OPEN).exists():
        lines.append(_("What was marked in an exercise that is still open: nobody sees yet how much that is"))
    return lines


def anonymise_member(member: Membership) -> Removal:
    """Before a reader is made nameless."""
    return Removal(
        heading=_("Make “%(name)s” nameless?") % {"name": member.shown_name},
        goes=[
            _("The name, here and on the class list, and the account where it belongs to nothing else"),
            _("Every note, typed source, reason and answer to an exit question; in the history as well"),
            _("The way back in: the reader is signed out, and the resume code is dead"),
        ],
        stays=[
            _("Tags and where they stand, with their times. They still count in every figure"),
            _("A new code in exports, so that nobody can tell whose they were"),
        ],
        word=_("NAMELESS"),
        button=_("Make nameless for good"),
        back=_("People & privacy"),
        is_done=member.anonymised_at is not None,
    )


def erase_member(member: Membership) -> Removal:
    """Before a reader is erased."""
    return Removal(
        heading=_("Erase “%(name)s” and all that is theirs?") % {"name": member.shown_name},
        goes=[
            *made(readings_of(member)),
            _("The history of all that, and every reason, answer and vote"),
            _("The name, the place on the class list, the code, and the account where it belongs to nothing else"),
        ],
        stays=[_("Everybody else’s work. Figures that counted this reader are computed anew")],
        word=_("DELETE"),
        button=_("Erase for good"),
        back=_("People & privacy"),
    )


def anonymise_class(classroom: Classroom) -> Removal:
    """Before all readers of a class are made nameless."""
    people = Membership.objects.filter(classroom=classroom, is_teacher=False, anonymised_at=None).count()
    listed = RosterEntry.objects.filter(classroom=classroom).count()
    return Removal(
        heading=_("Make everybody in “%(name)s” nameless?") % {"name": classroom.name},
        goes=[
            ngettext("The name of %(count)d reader", "The names of %(count)d readers", people) % {"count": people},
            ngettext("%(count)d name on the class list", "%(count)d names on the class list", listed)
            % {"count": listed},
            _("Every note, typed source, reason and answer to an exit question; in the history as well"),
            _("Every way back in, and the code on the wall"),
        ],
        stays=[
            _("Tags and where they stand, with new codes. They still count in every figure"),
            _("The exercises, the key with its explanations, and the names of those who teach"),
        ],
        word=classroom.name,
        button=_("Make them nameless for good"),
        back=_("People & privacy"),
    )


def erase_class(classroom: Classroom) -> Removal:
    """Before a class is erased."""
    people = Membership.objects.filter(classroom=classroom, is_teacher=False).count()
    exercises = Exercise.objects.filter(classroom=classroom).count()
    return Removal(
        heading=_("Erase “%(name)s” with everything in it?") % {"name": classroom.name},
        goes=[
            ngettext("%(count)d reader", "%(count)d readers", people) % {"count": people},
            ngettext("%(count)d exercise, its key too", "%(count)d exercises, their keys too", exercises)
            % {"count": exercises},
            *made(Reading.objects.filter(exercise__classroom=classroom, is_key=False)),
            _("Its rule book, unless an exercise of another class reads with it"),
            _("The class list, the code on the wall, and every account that belongs to nothing else"),
        ],
        stays=[
            _("Articles. They belong to the teachers who added them, and stay in their libraries"),
            _("The accounts of those who teach"),
        ],
        word=classroom.name,
        button=_("Erase for good"),
        back=_("People & privacy"),
    )


def withdraw_article(article: Article) -> Removal:
    """Before an article's text is withdrawn."""
    spans = Span.objects.filter(reading__article=article).exclude(reading__exercise__phase__in=BLIND).count()
    return Removal(
        heading=_("Withdraw the text of “%(title)s”?") % {"title": article.title},
        goes=[
            ngettext("%(count)d letter of the text", "%(count)d letters of the text", article.length_nonspace)
            % {"count": article.length_nonspace},
            ngettext("Its words in %(count)d highlight", "Its words in %(count)d highlights", spans) % {"count": spans},
            _("Every example from it in a rule book"),
            _("Corrections of it that were begun and not saved"),
        ],
        stays=[
            _("Title, author, date and address: what the article was"),
            _("Highlights with their places, tags and notes, and every figure. No page or file shows a word"),
            _("The fingerprint (SHA-256) of the text, by which it is known if it comes again"),
            _("Corrected versions, which are articles of their own, and files that were downloaded before"),
        ],
        word=_("WITHDRAW"),
        button=_("Withdraw the text for good"),
        back=article.title,
        is_done=article.withdrawn_at is not None,
    )
