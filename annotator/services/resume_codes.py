"""Resume codes: how the six characters that bring a reader back are kept and compared.

Kept is an HMAC under the installation's secret key, salted with the member. A slow hash would cost thirty joins at
once fifteen seconds of processor, and 890 million codes are too few for any hash to hide alone; without the key, which
is not in the database, a stolen copy gives nothing to try them against. Under another key every resume code is void,
and teachers make new ones.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

from annotator.domain.codes import RESUME_LENGTH
from annotator.models import Membership
from annotator.services.doors import code_made


def resume_code_made() -> str:
    """A new code, without its dash."""
    return code_made(RESUME_LENGTH)


def resume_hash(member: Membership, code: str) -> str:
    """What is kept of the member's code."""
    return salted_hmac(f"resume code {member.uuid}", code, algorithm="sha256").hexdigest()


def is_resume_code(member: Membership | None, code: str) -> bool:
    """Whether this is the member's code; the same work where there is no such member."""
    known = member or Membership()
    is_right = constant_time_compare(resume_hash(known, code), known.resume_hash or "none")
    return is_right and member is not None and code != ""
