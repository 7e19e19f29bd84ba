"""How the secret part of a link is kept: never itself, only its hash."""

import hashlib


def token_hash(token: str) -> str:
    """SHA-256 in hex. Tokens are long and random, so a plain hash cannot be turned round."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
