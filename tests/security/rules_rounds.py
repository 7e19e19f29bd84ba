"""What the matrix expects of the key, of results, of the second round and of the exit question."""

from annotator.models import Phase
from tests.security.expecting import SHOWN, STARTED, Rule, analysed, first_of, only

ROUNDS: list[Rule] = [
    # The key exists already, so starting it goes on with it.
    Rule("key-start", "POST", only("teacher", ok=302), writes=False),
    # The world's wrap-up asks the exit question; every reader of it has answered.
    Rule(
        "exercise-exit",
        "GET",
        first_of(
            analysed(),
            only("reader", "classmate", phases=STARTED),
        ),
    ),
    Rule(
        "exercise-exit",
        "POST",
        first_of(
            only("reader", "classmate", ok=302, phases=[Phase.WRAPPED_UP]),
            only("reader", "classmate", ok=422, phases=STARTED),
        ),
        someone="reader",
        data=lambda here: {"answer": "The source changed my mind."},
    ),
    Rule("exercise-rounds", "GET", analysed()),
    # A result is its reader's from the reveal on, and hidden while they revise; a teacher's from the closing on.
    Rule(
        "reading-result",
        "GET",
        first_of(
            analysed(),
            only("reader", phases=SHOWN),
            only("reader", ok=403, phases=STARTED),
        ),
    ),
]
