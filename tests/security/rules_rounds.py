"""What the matrix expects of the key, of results, of the second round and of the exit question."""

from tests.security.expecting import Rule, only

ROUNDS: list[Rule] = [
    # The key exists already, so starting it goes on with it.
    Rule("key-start", "POST", only("teacher", ok=302), writes=False),
]
