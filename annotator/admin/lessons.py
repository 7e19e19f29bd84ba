"""What a lesson keeps beside its readings: doors, class lists, extra time, votes, dealt articles, snapshots."""

from django.contrib import admin

from annotator.admin.looked import Looked
from annotator.models import Assignment, Door, Participation, Reason, RosterEntry, Snapshot, WarmUpVote


@admin.register(Door)
class DoorAdmin(Looked):
    """Doors of classes; a locked one can be opened and a forgotten one locked. Codes are their teachers' to show."""

    mended = ("is_locked", "expires_at")
    hidden = ("code", "token")
    list_display = ("classroom", "is_locked", "made_at", "expires_at")
    list_select_related = ("classroom",)
    search_fields = ("classroom__name", "classroom__uuid")


@admin.register(RosterEntry)
class RosterEntryAdmin(Looked):
    """Class lists."""

    list_display = ("classroom", "position", "name", "member")
    list_select_related = ("classroom", "member")
    search_fields = ("name", "classroom__name")


@admin.register(Participation)
class ParticipationAdmin(Looked):
    """Extra time, nudges and exit answers."""

    list_display = ("exercise", "member", "extra_seconds", "nudged_at", "seen_at", "exit_at")
    list_select_related = ("exercise", "member")
    search_fields = ("exercise__title", "exercise__uuid", "member__uuid")


@admin.register(Reason)
class ReasonAdmin(Looked):
    """Reasons about passages; one can be hidden here when its teacher is away."""

    mended = ("state",)
    list_display = ("id", "exercise", "member", "when", "state", "made_at", "taken_back_at")
    list_filter = ("state",)
    list_select_related = ("exercise", "member")
    search_fields = ("exercise__title", "exercise__uuid", "member__uuid")


@admin.register(WarmUpVote)
class WarmUpVoteAdmin(Looked):
    """Votes of the warm-up."""

    list_display = ("exercise", "member", "sentence", "label")
    list_select_related = ("exercise", "member")
    search_fields = ("exercise__title", "member__uuid")


@admin.register(Assignment)
class AssignmentAdmin(Looked):
    """Who was dealt which article."""

    list_display = ("id", "exercise_id", "article_id", "member_id")
    search_fields = ("exercise__title", "member__uuid")


@admin.register(Snapshot)
class SnapshotAdmin(Looked):
    """Readings as they were when they were handed in: never made, changed or deleted here."""

    list_display = ("id", "reading", "state", "version", "made_at")
    list_select_related = ("reading",)
    search_fields = ("reading__uuid",)
