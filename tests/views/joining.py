"""A pupil at the door of a class, for tests: what is pressed, and what the pages say."""

import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from annotator.models import Classroom, Door
from annotator.services.classrooms import classroom_add
from tests import factories


def class_with_door(name: str = "Class 9B") -> Classroom:
    """A class of a new teacher, its door open."""
    return classroom_add(teacher=factories.teacher(), name=name, time_zone="Europe/Oslo")


def door_of(room: Classroom) -> Door:
    """Its door as it stands now."""
    return Door.objects.get(classroom=room)


def link_of(room: Classroom) -> str:
    """The address of its link."""
    return reverse("join-link", args=[door_of(room).token])


def hidden(page: HttpResponse) -> str:
    """The offer in the form."""
    found = re.search(r'name="offer" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def names_in(page: HttpResponse) -> list[str]:
    """The offered names."""
    values = re.findall(r'name="pick" value="([^"]+)"', page.content.decode())
    return [each for each in values if each not in {"own", "list"}]


def code_in(page: HttpResponse) -> str:
    """The resume code that is shown."""
    found = re.search(r"<output[^>]*>([^<]+)</output>", page.content.decode())
    assert found is not None
    return found[1]


def join(client: Client, room: Classroom, name: str = "", **pressed: str) -> tuple[HttpResponse, str]:
    """Follow the link, pick the first name or type `name`, start; the answer and the resume code."""
    page = client.get(link_of(room))
    choice = {"pick": "own", "own": name} if name else {"pick": names_in(page)[0]}
    sent = {"do": "start", "offer": hidden(page), **choice, **pressed}
    return client.post(link_of(room), sent), code_in(page)


def come_back(client: Client, room: Classroom, name: str, code: str) -> HttpResponse:
    """Name and resume code past the class's link."""
    return client.post(reverse("resume-link", args=[door_of(room).token]), {"name": name, "resume": code})
