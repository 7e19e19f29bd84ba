"""The two refusals of the domain: a rule broken by a person, and a measure that has too little to go on."""


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation; whoever shows it translates it (the domain knows no Django)."""
    return message


class RuleError(Exception):
    """A rule was broken; `message` is the sentence for the person, in English, with %(name)s places.

    `code` is a short stable word for programs (`out_of_range`, `quote_mismatch`), `params` fill the places.
    """

    def __init__(self, message: str, *, code: str = "rule", **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class TextMismatch(RuleError):
    """Offsets, hash or quote do not fit the stored text: the caller works on another text than ours."""


class NotEnoughData(Exception):
    """A measure is undefined here; `message` says why and is shown instead of a number."""
