"""Signs in the bar and elsewhere: `{% icon "check" %}` is templates/icons/check.svg; `{{ user|initials }}` a person."""

from functools import cache

from django import template
from django.contrib.auth.base_user import AbstractBaseUser
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """The drawing called `name`; a misspelt name is an error, for a missing sign must not pass unseen."""
    return render_to_string(f"icons/{name}.svg")


@register.filter
def initials(user: AbstractBaseUser) -> str:
    """First letters of the first and last word of a person's name, or of the user name."""
    words = (user.get_full_name() or user.get_username()).replace(".", " ").split()  # type: ignore[attr-defined]
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()
