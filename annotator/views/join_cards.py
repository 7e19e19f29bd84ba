"""Join cards to print: class code, link and name, and new resume codes when they are asked for."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from annotator import access
from annotator.forms.doors import CardsForm
from annotator.reports.door import door_card
from annotator.reports.join_cards import join_cards
from annotator.services.members import resume_codes_reset


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """The cards as they stand; by POST with new resume codes for all who have joined, shown this once."""
    room = access.class_taught(access.signed_in(request), classroom_uuid)
    form = CardsForm(request.GET)
    blank = (form.cleaned_data["blank"] or 0) if form.is_valid() else 0
    codes = resume_codes_reset(classroom=room) if request.method == "POST" else {}
    context = {
        "classroom": room,
        "card": door_card(room, join_address=request.build_absolute_uri(reverse("join"))),
        "cards": join_cards(room, codes=codes, blank=blank),
        "has_codes": bool(codes),
        "blank": blank,
    }
    return render(request, "annotator/join_cards/page.html", context)
