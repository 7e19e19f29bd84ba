"""People, and the links that let them in: sign-in links that work once, and invitations for teachers."""

import unicodedata
import uuid
from datetime import datetime
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes people; a reader gets neither e-mail nor password."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A person who may sign in with `password`, or not at all when it is None."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """An operator: a teacher who may also open the admin."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, is_teacher=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """User names are told apart without regard to case."""
        return self.get(username=self.model.normalize_username(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A teacher, reader or operator. Readers need no e-mail address and no password."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(_("user name"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(_("name shown to others"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    is_teacher = models.BooleanField(_("teacher"), default=False)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_sample = models.BooleanField(_("sample"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        """Two people cannot differ by the case of their user names alone."""

        constraints = [models.UniqueConstraint(Lower("username"), name="user_username_any_case")]

    def __str__(self) -> str:
        return self.username

    @classmethod
    def normalize_username(cls, username: Any) -> Any:
        """The one form in which a user name is stored and looked for: databases disagree on the case of Å."""
        if not isinstance(username, str):
            return username
        return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username).casefold())

    def get_full_name(self) -> str:
        """The name shown to others, else the user name."""
        return self.name or self.username


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    """Questions about sign-in links."""

    def working(self, now: datetime) -> Self:
        """Neither used nor run out, and their person may sign in."""
        return self.filter(used_at=None, expires_at__gt=now, user__is_active=True)


class SignInLink(models.Model):
    """A link that signs one person in once; only a hash of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SignInLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sign-in link {self.pk}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def working(self, now: datetime) -> Self:
        """Neither used nor run out, and whoever made them is still here and leads the team they lead into."""
        leads = Q(
            classroom__archived_at=None,
            classroom__memberships__user=F("created_by"),
            classroom__memberships__is_teacher=True,
            classroom__memberships__removed_at=None,
        )
        working = self.filter(used_at=None, expires_at__gt=now, created_by__is_active=True)
        return working.filter(Q(classroom=None) | leads)


class Invitation(models.Model):
    """A teacher's or operator's invitation for one more teacher, with `classroom` into that team as well.

    Only a hash of its token is kept, so the link is shown once.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    # By name: classrooms stand above people and import them.
    classroom = models.ForeignKey(
        "annotator.Classroom", on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation {self.pk}"
