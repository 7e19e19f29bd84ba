"""Why a measure is undefined: the exact sentences, shown instead of a number."""

from annotator.domain.errors import gettext_noop

SECOND_READER = gettext_noop("needs a second reader")
NO_TEXT = gettext_noop("no text to compare")
NOTHING_MARKED = gettext_noop("nobody has marked anything yet")
NOT_USED = gettext_noop("not used yet — nothing to compare")
OVERLAP = gettext_noop("spans of one reader overlap — u-alpha is not defined")
NO_VARIATION = gettext_noop("no variation — agreement beyond chance cannot be computed")
TOO_EARLY = gettext_noop("too early to say")
