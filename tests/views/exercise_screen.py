"""Plain functions that ask for an exercise's page and read it, for the tests of what it shows and does."""

import re

from django.urls import reverse

from annotator.models import Exercise


def in_phase(work, phase):
    Exercise.objects.filter(pk=work.pk).update(phase=phase, revealed_at=None)


def html(client, user, work, query=""):
    client.force_login(user)
    response = client.get(reverse("exercise", args=[work.uuid]) + query)
    assert response.status_code == 200
    return response.content.decode()


def text(page):
    """What a page says, without markup and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def group(page, key):
    """What one group of readers says, or nothing."""
    found = re.search(rf'<section[^>]*aria-labelledby="group-{key}".*?</section>', page, re.DOTALL)
    return text(found[0]) if found else ""
