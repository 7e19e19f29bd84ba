"""The languages an article may be in, by their names in the language of the screen."""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

# What Django's list of interface languages leaves out or names by its script only.
OTHERS = {
    "am": _("Amharic"), "la": _("Latin"), "ps": _("Pashto"), "so": _("Somali"), "ti": _("Tigrinya"),
    "yi": _("Yiddish"), "zh": _("Chinese"),
}  # fmt: skip


def languages() -> dict[str, str]:
    """Codes with names, in the order of the names, the screen's own language first."""
    named = {code: gettext(info["name"]) for code, info in LANG_INFO.items() if "name" in info and "-" not in code}
    named |= {code: str(name) for code, name in OTHERS.items()}
    own = (get_language() or "en").split("-")[0]
    return dict(sorted(named.items(), key=lambda pair: (pair[0] != own, pair[1].casefold())))


def language_name(code: str) -> str:
    """The name of a language tag: `pt-BR` is that of `pt`; an unknown tag stands for itself."""
    plain = code.lower().split("-")[0]
    if plain in OTHERS:
        return str(OTHERS[plain])
    return gettext(LANG_INFO[plain]["name"]) if "name" in LANG_INFO.get(plain, {}) else code


def foreign_name(code: str) -> str:
    """The same, but nothing for the language of the screen: it goes without saying."""
    is_own = code.lower().split("-")[0] == (get_language() or "en").split("-")[0]
    return "" if is_own else language_name(code)


def language_choices(stored: str = "") -> list[tuple[str, str]]:
    """For a form: “Not known” first, and the stored tag where it is none of the list."""
    known = languages()
    choices = [("", gettext("Not known")), *known.items()]
    if stored and stored not in known:
        name = language_name(stored)
        choices.append((stored, name if name == stored else f"{name} ({stored})"))
    return choices
