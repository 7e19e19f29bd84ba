"""What arrives at the doors: user names and passwords."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotator.models import User

INPUT = {"class": "input"}
# Signing in must work for any password that was ever set; the bound only keeps megabytes from the hasher.
MOST_PASSWORD = 4096


class UserNameField(forms.CharField):
    """A user name, in the form in which names are stored and looked for."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = INPUT | {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ours: dict[str, Any] = {"label": _("User name"), "max_length": 150, "widget": forms.TextInput(attrs=attributes)}
        super().__init__(**(ours | kwargs))

    def to_python(self, value: Any) -> str:
        """Folded as `User.normalize_username` says."""
        return str(User.normalize_username(super().to_python(value) or ""))


class PasswordField(forms.CharField):
    """A password as it was typed; `autocomplete` tells password managers which one."""

    def __init__(self, *, autocomplete: str = "new-password", **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs=INPUT | {"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=MOST_PASSWORD, widget=widget, **kwargs)


class DoorForm(forms.Form):
    """A form whose first mistake gets the cursor."""

    use_required_attribute = False

    def focus_first_error(self) -> None:
        """Put the cursor where something is to be mended."""
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs["autofocus"] = True
                return


class SignInForm(DoorForm):
    """A user name, a password, and where to go afterwards."""

    username = UserNameField(error_messages={"required": _("Type your user name.")})
    password = PasswordField(
        label=_("Password"),
        autocomplete="current-password",
        error_messages={"required": _("Type your password.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class AccountForm(DoorForm):
    """A new teacher's account."""

    username = UserNameField(
        validators=[*User._meta.get_field("username").validators],
        error_messages={
            "required": _("Choose a user name."),
            "invalid": _("A user name has letters, digits and the signs @ . + - _ only, and no spaces."),
        },
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs=INPUT | {"autocomplete": "name"}),
    )
    password = PasswordField(label=_("Password"), error_messages={"required": _("Choose a password.")})

    def clean_name(self) -> str:
        """On one line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        """The password is judged beside the names, which it must not repeat."""
        given = self.cleaned_data
        if given.get("password"):
            person = User(username=given.get("username", ""), name=given.get("name", ""))
            judge(self, "password", person)
        return given


class PasswordForm(DoorForm):
    """A new password for somebody signed in, who types the old one unless a link has just said who they are."""

    old = PasswordField(
        label=_("Present password"),
        autocomplete="current-password",
        error_messages={"required": _("Type the password you have now.")},
    )
    new = PasswordField(label=_("New password"), error_messages={"required": _("Choose a new password.")})

    def __init__(self, *args: Any, user: User, asks_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not asks_old:
            del self.fields["old"]

    def clean_old(self) -> str:
        """It is theirs."""
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError(_("This is not the password you have now. Check it, capital letters too."))
        return old

    def clean(self) -> dict[str, Any]:
        """The new one is hard enough to guess."""
        if self.cleaned_data.get("new"):
            judge(self, "new", self.user)
        return self.cleaned_data


def judge(form: forms.Form, name: str, person: User) -> None:
    """Put what is wrong with a new password beside its field."""
    try:
        validate_password(form.cleaned_data[name], person)
    except ValidationError as error:
        form.add_error(name, error)
