"""All highlights of a long reading, in columns for its page's script."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from annotator import access
from annotator.reports.far_cards import far_cards


@login_required
@require_safe
@gzip_page
def highlights(request: HttpRequest, reading_uuid: uuid.UUID) -> JsonResponse:
    """One's own highlights as they are now; `member_key` says whose, for the copy that a device may keep."""
    user = access.signed_in(request)
    own = access.reading(user, reading_uuid)
    return JsonResponse({"member_key": access.member_key(user), **far_cards(own)})
