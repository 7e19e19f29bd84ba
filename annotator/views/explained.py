"""`Agreement, explained`: what each figure means, for everyone who is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_required
@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """One page, the same for all; nothing of anybody's reading is in it."""
    return render(request, "annotator/agreement/explained.html")
