"""People, their ways in, and where they belong."""

from typing import ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from annotator.admin.looked import Looked
from annotator.forms.accounts import UserNameField
from annotator.models import Attempt, Classroom, Invitation, Membership, ReaderCode, SignInLink, User


class NewUserForm(AdminUserCreationForm):  # type: ignore[type-arg]
    """A person's user name is stored as everywhere else."""

    class Meta:
        model = User
        fields = ("username",)
        field_classes: ClassVar = {"username": UserNameField}


class PersonForm(UserChangeForm):  # type: ignore[type-arg]
    """The same when it is mended."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes: ClassVar = {"username": UserNameField}


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """People: the one table in which rows are made here too, and passwords set."""

    form = PersonForm
    add_form = NewUserForm
    ordering = ("username",)
    list_display = ("username", "name", "is_teacher", "is_superuser", "is_active", "is_sample", "date_joined")
    list_filter = ("is_teacher", "is_superuser", "is_active", "is_sample")
    search_fields = ("username", "name")
    readonly_fields = ("uuid", "last_login", "date_joined", "is_sample")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email")}),
        (_("May"), {"fields": ("is_teacher", "is_superuser", "is_active")}),
        (_("Known"), {"fields": ("uuid", "last_login", "date_joined", "is_sample")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "name", "is_teacher", "usable_password", "password1", "password2")}),
    )


@admin.register(SignInLink)
class SignInLinkAdmin(Looked):
    """Links that sign in once; deleting one stops it."""

    is_removable = True
    hidden = ("token_hash",)
    list_display = ("id", "user", "created_at", "expires_at", "used_at")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__name")


@admin.register(Invitation)
class InvitationAdmin(Looked):
    """Invitations; deleting one stops it."""

    is_removable = True
    hidden = ("token_hash",)
    list_display = ("uuid", "created_by", "classroom", "created_at", "expires_at", "used_at", "used_by")
    list_select_related = ("created_by", "classroom", "used_by")
    search_fields = ("created_by__username", "used_by__username", "classroom__name")


@admin.register(Attempt)
class AttemptAdmin(Looked):
    """Counted failures; deleting them lets an address try again."""

    is_removable = True
    list_display = ("scope", "who", "at")
    list_filter = ("scope",)
    search_fields = ("who",)


@admin.register(Classroom)
class ClassroomAdmin(Looked):
    """Classrooms and teams."""

    mended = ("name", "time_zone", "archived_at")
    list_display = ("name", "kind", "time_zone", "is_sample", "created_at", "archived_at")
    list_filter = ("kind", "is_sample")
    search_fields = ("name", "uuid", "memberships__user__username")


@admin.register(Membership)
class MembershipAdmin(Looked):
    """Who belongs where: a lost teacher can be brought back, a pseudonym that gives away a name blanked."""

    mended = ("is_teacher", "pseudonym", "removed_at")
    hidden = ("resume_hash",)
    list_display = ("classroom", "user", "code", "pseudonym", "is_teacher", "is_reader", "joined_at", "removed_at")
    list_filter = ("is_teacher", "is_reader")
    list_select_related = ("classroom", "user")
    search_fields = ("user__username", "classroom__name", "pseudonym", "uuid", "=code_number")


@admin.register(ReaderCode)
class ReaderCodeAdmin(Looked):
    """Reader codes that were ever given."""

    list_display = ("id",)


# Rights do not come by group here.
admin.site.unregister(Group)
