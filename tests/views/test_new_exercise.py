"""A new exercise: choosing articles and their order, who reads, and one exercise however often it is sent."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.models import Article, Classroom, Codebook, CodebookVersion, Exercise, Membership
from annotator.views import new_exercise
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/exercises/new/"


@pytest.fixture
def teacher(client):
    made = factories.teacher("marit")
    client.force_login(made)
    return made


@pytest.fixture
def room(teacher):
    return factories.classroom(teacher)


@pytest.fixture
def article(teacher):
    return factories.article(teacher, title="Lantern fair")


def sent(text, /, **changed):
    """What the page sends when all is well; a field set to None is left out."""
    fields = {
        "do": "start", "sent": str(uuid.uuid4()), "article": [str(text.uuid)], "room": "new-team",
        "name": "Checking desk", "time_zone": "Europe/Oslo", "codebook": str(factories.codebook().uuid),
        "title": "Week 6",
    }  # fmt: skip
    return {name: value for name, value in (fields | changed).items() if value is not None}


def chosen(response):
    return re.findall(r'name="article" value="([^"]+)"', response.content.decode())


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_start_lets_a_class_into_the_lobby(client, article, room):
    response = client.post(ADDRESS, sent(article, room=str(room.uuid)))
    made = Exercise.objects.get()
    assert response.url == reverse("exercise", args=[made.uuid])
    assert (made.phase, made.step, made.title, made.classroom) == ("draft", "lobby", "Week 6", room)
    assert (made.articles.get(), made.opened_at) == (article, None)


def test_start_opens_a_team_s_exercise_at_once(client, article):
    client.post(ADDRESS, sent(article))
    assert (Exercise.objects.get().phase, Exercise.objects.get().opened_at is None) == ("open", False)


def test_a_draft_waits(client, article, room):
    client.post(ADDRESS, sent(article, room=str(room.uuid), do="draft"))
    assert (Exercise.objects.get().phase, Exercise.objects.get().step) == ("draft", "")


def test_a_new_team_is_made_along_with_it_and_its_maker_reads(client, article, teacher):
    client.post(ADDRESS, sent(article))
    team, member = Classroom.objects.get(), Membership.objects.get()
    assert (team.name, team.kind, team.time_zone) == ("Checking desk", "team", "Europe/Oslo")
    assert (member.user, member.is_teacher, member.is_reader, member.code_number is not None) == (
        teacher, True, True, True,
    )  # fmt: skip
    assert Exercise.objects.get().classroom == team


def test_a_new_class_is_taught_and_not_read_by_its_maker(client, article):
    client.post(ADDRESS, sent(article, room="new-class"))
    member = Membership.objects.get()
    assert (Classroom.objects.get().kind, member.is_teacher, member.is_reader) == ("class", True, False)


def test_sent_twice_it_is_one_exercise_in_one_team(client, article):
    fields = sent(article)
    addresses = {client.post(ADDRESS, fields).url for _ in range(2)}
    assert len(addresses) == 1
    assert (Exercise.objects.count(), Classroom.objects.count()) == (1, 1)


def test_the_same_form_of_two_teachers_makes_two_exercises(client, article):
    fields = sent(article)
    client.post(ADDRESS, fields)
    other = factories.teacher()
    client.force_login(other)
    client.post(ADDRESS, fields | {"article": [str(factories.article(other).uuid)]})
    assert Exercise.objects.count() == 2
    assert {each.created_by for each in Exercise.objects.all()} == {article.owner, other}


def test_without_a_title_it_takes_that_of_its_first_article(client, article):
    Article.objects.update(title="t" * 300)
    client.post(ADDRESS, sent(article, title=" "))
    assert Exercise.objects.get().title == "t" * 150


def test_articles_keep_the_order_in_which_they_stand(client, teacher, article):
    more = [factories.article(teacher, title=title) for title in ("Aardvark", "Zebra")]
    client.post(ADDRESS, sent(article, article=[str(each.uuid) for each in (more[1], article, more[0])]))
    places = Exercise.objects.get().places.order_by("position")
    assert [place.article.title for place in places] == ["Zebra", "Lantern fair", "Aardvark"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"article": []}, "Paste a text, or choose at least one article to read."),
        ({"article": ["x"], "text": " \n"}, "Paste a text, or choose at least one article to read."),
        ({"article": [str(uuid.uuid4())]}, "An article is no longer in your library, so it left the list."),
        ({"room": None}, "Say who reads it"),
        ({"room": "everybody"}, "That class is not there any more."),
        ({"room": str(uuid.uuid4())}, "That class is not there any more."),
        ({"name": " "}, "Give it a name"),
        ({"name": None}, "Give it a name"),
        ({"name": "n" * 121}, "That name is too long."),
        ({"time_zone": "Eastquay/Harbour"}, "We do not know this time zone."),
        ({"title": "t" * 151}, "That title is too long."),
        ({"title": "a\0b"}, "Null characters are not allowed."),
        ({"name": "\u200b"}, "Give it a name"),
        ({"codebook": str(uuid.uuid4())}, "That codebook is not there any more."),
        ({"codebook": "x"}, "Almost there."),
        ({"sent": "x"}, "Almost there."),
        ({"sent": None}, "Almost there."),
    ],
)
def test_what_does_not_fit_gets_a_sentence_and_makes_nothing(client, article, changed, words):
    response = client.post(ADDRESS, sent(article, **changed))
    assert response.status_code == 422
    assert words in text(response)
    assert (Exercise.objects.count(), Classroom.objects.count(), Membership.objects.count()) == (0, 0, 0)


def test_more_than_twenty_articles_are_too_many(client, teacher, article):
    many = [str(factories.article(teacher).uuid) for _ in range(20)]
    response = client.post(ADDRESS, sent(article, article=[*many, str(article.uuid)]))
    assert response.status_code == 422
    assert "Choose at most 20 articles." in text(response)
    assert client.post(ADDRESS, sent(article, article=many)).status_code == 302


def test_nothing_typed_is_lost_when_something_does_not_fit(client, article, room):
    response = client.post(ADDRESS, sent(article, name=" ", title="Who <says> so?", time_zone="Asia/Tokyo"))
    page = response.content.decode()
    assert 'value="Who &lt;says&gt; so?"' in page
    assert '<option value="Asia/Tokyo" selected>' in page
    assert re.search(r'value="new-team" checked', page)
    assert chosen(response) == [str(article.uuid)]


@pytest.mark.parametrize("whose", ["other teacher's", "read", "archived", "sample", "left"])
def test_only_rooms_that_one_teaches_now_can_be_chosen(client, article, room, teacher, whose):
    there = room
    if whose == "other teacher's":
        there = factories.classroom(factories.teacher())
    elif whose == "read":
        there = factories.classroom(factories.teacher())
        Membership.objects.create(classroom=there, user=teacher, is_reader=True, code_number=4)
    elif whose == "left":
        room.memberships.update(removed_at=factories.NOON)
    else:
        changed = {"archived": {"archived_at": factories.NOON}, "sample": {"is_sample": True}}
        Classroom.objects.filter(pk=room.pk).update(**changed[whose])
    response = client.post(ADDRESS, sent(article, room=str(there.uuid)))
    assert (response.status_code, Exercise.objects.count()) == (422, 0)
    assert str(there.uuid) not in client.get(ADDRESS).content.decode()


def test_an_article_of_somebody_else_is_as_good_as_none(client, article):
    foreign = factories.article(factories.teacher(), title="Foreign ferry")
    response = client.get(f"{ADDRESS}?article={foreign.uuid}")
    assert chosen(response) == []
    response = client.post(ADDRESS, sent(article, article=[str(foreign.uuid)]))
    assert (response.status_code, Exercise.objects.count()) == (422, 0)
    assert "Foreign ferry" not in text(response)


def test_the_address_chooses_an_article_and_a_class(client, teacher, article, room):
    factories.classroom(teacher, name="Class 9C")
    page = client.get(f"{ADDRESS}?article={article.uuid}&classroom={room.uuid}")
    assert chosen(page) == [str(article.uuid)]
    assert re.search(rf'value="{room.uuid}" checked', page.content.decode())


def test_an_address_that_makes_no_sense_shows_the_plain_page(client, teacher):
    strange = "?article=x&article=&classroom=y&title=%00&name=%00&sent=z&q=fe%00rry&codebook=%00&time_zone=%00"
    assert client.get(f"{ADDRESS}{strange}").status_code == 200
    assert client.post(ADDRESS, {"do": "up:%00", "q": "\0", "room": "\0", "article": "\0"}).status_code == 200


def test_the_only_class_is_chosen_already_but_never_one_of_two(client, teacher, room):
    assert f'value="{room.uuid}" checked' in client.get(ADDRESS).content.decode()
    factories.classroom(teacher)
    page = client.get(ADDRESS).content.decode()
    assert re.findall(r'name="room"[^>]* checked', page) == []


def press(client, do, *articles, **more):
    return client.post(ADDRESS, {"do": do, "article": [str(each.uuid) for each in articles], **more})


def test_articles_are_added_moved_and_taken_out_by_plain_buttons(client, teacher):
    a, b, c = [factories.article(teacher, title=title) for title in "ABC"]

    def after(do, *articles):
        names = {str(a.uuid): "a", str(b.uuid): "b", str(c.uuid): "c"}
        return "".join(names[each] for each in chosen(press(client, do, *articles)))

    assert after(f"add:{a.uuid}") == "a"
    assert after(f"add:{c.uuid}", a, b) == "abc"
    assert after(f"add:{a.uuid}", a, b) == "ab"
    assert after(f"up:{c.uuid}", a, b, c) == "acb"
    assert after(f"up:{a.uuid}", a, b, c) == "abc"
    assert after(f"down:{a.uuid}", a, b, c) == "bac"
    assert after(f"down:{c.uuid}", a, b, c) == "abc"
    assert after(f"remove:{b.uuid}", a, b, c) == "ac"
    assert after(f"remove:{b.uuid}", a, c) == "ac"
    assert after("remove:x", a, c) == "ac"
    assert after("look", a, c) == "ac"
    assert Exercise.objects.count() == 0


def test_a_press_keeps_all_that_was_typed(client, teacher, article, room):
    more = {"title": "Week 7", "room": "new-class", "name": "Class 9D", "time_zone": "Asia/Tokyo", "sent": "keep-me"}
    page = press(client, f"add:{article.uuid}", **more).content.decode()
    for kept in ('value="Week 7"', 'value="new-class" checked', 'value="Class 9D"', 'value="keep-me"'):
        assert kept in page
    assert '<option value="Asia/Tokyo" selected>' in page


def test_enter_in_a_text_field_starts_nothing(client, article):
    page = client.get(f"{ADDRESS}?article={article.uuid}").content.decode()
    form = page[page.index('id="new-exercise"') :]
    assert re.search(r'<button name="do" value="(\w+)"', form)[1] == "look"


def test_searching_shows_what_fits_and_is_not_chosen(client, teacher, article):
    titles = ["Ferry in winter", "Ferry in spring", "Bakery strike"]
    ferry, _spring, _bakery = [factories.article(teacher, title=title) for title in titles]
    response = press(client, "look", ferry, q="FERRY")
    found = re.findall(r'value="add:([^"]+)"', response.content.decode())
    assert found == [str(Article.objects.get(title="Ferry in spring").uuid)]
    assert "Nothing in your library fits these words." in text(press(client, "look", ferry, q="volcano"))


def test_a_large_library_asks_to_be_searched(client, teacher):
    for _ in range(7):
        factories.article(teacher)
    response = client.get(ADDRESS)
    assert response.content.decode().count('value="add:') == 6
    assert "More articles fit." in text(response)


def test_an_empty_library_is_not_asked_to_be_chosen_from(client, teacher):
    said = text(client.get(ADDRESS))
    assert "Paste a text" in said
    assert "Choose from your library" not in said


def test_an_own_published_codebook_can_be_chosen_in_its_newest_version_only(client, teacher, article):
    standard = factories.codebook()
    own = Codebook.objects.create(slug="own", owner=teacher)
    foreign = Codebook.objects.create(slug="foreign", owner=factories.teacher())
    for book, number, title, published in [
        (own, 1, "Own first", factories.NOON), (own, 2, "Own second", factories.NOON), (own, 3, "Own unfinished", None),
        (foreign, 1, "Foreign", factories.NOON),
    ]:  # fmt: skip
        CodebookVersion.objects.create(codebook=book, number=number, title=title, published_at=published)
    options = re.findall(r'<option value="[^"]+"[^>]*>([^<]+), version', client.get(ADDRESS).content.decode())
    assert options == [standard.title, "Own second"]
    chosen_version = CodebookVersion.objects.get(title="Own second")
    client.post(ADDRESS, sent(article, codebook=str(chosen_version.uuid)))
    assert Exercise.objects.get().codebook_version == chosen_version


def test_what_the_workshop_refuses_is_said_on_the_page(client, article, room, monkeypatch):
    # Between the look at the form and the work, somebody put the class away.
    real = new_exercise.exercise_set_up

    def put_away(**given):
        Classroom.objects.update(archived_at=factories.NOON)
        return real(**given)

    monkeypatch.setattr(new_exercise, "exercise_set_up", put_away)
    response = client.post(ADDRESS, sent(article, room=str(room.uuid)))
    assert (response.status_code, Exercise.objects.count()) == (422, 0)
    assert "“Class 9B” is in the archive. Bring it back first" in text(response)


def test_the_number_of_queries_does_not_depend_on_the_library(client, teacher, article, room):
    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{ADDRESS}?article={article.uuid}")
        return len(captured)

    client.get(ADDRESS)
    first = count()
    for _ in range(9):
        factories.article(teacher)
        factories.reader(factories.classroom(teacher))
    # Two for session and user, then articles, rooms, codebooks, and what reports/new_exercise.py asks.
    assert (count(), first) == (9, 9)
