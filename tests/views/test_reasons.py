"""Reasons on the pages: who reads which, without whose name, and how they are written and decided on."""

import re
import uuid

import pytest
from django.urls import reverse

from annotator.domain.spans import quote_ends
from annotator.models import Classroom, Exercise, Membership, Phase, Reason
from tests import factories
from tests.security.world import reason_of
from tests.views.test_reveal import SENTENCE, START, marks, opened, teacher_of, words, work

# pytest finds a fixture by its name here.
__all__ = ["work"]

pytestmark = pytest.mark.django_db

BLOCK = next(part for part in factories.TEXT.split("\n\n") if SENTENCE in part)
PLACE = factories.TEXT.index(BLOCK)


def by(work, name):
    return work.classroom.memberships.get(pseudonym=name)


def said(work, name, text, **fields):
    reading = work.readings.get(member=by(work, name))
    return reason_of(reading, START, text, **fields)


def form(**fields):
    first, last = quote_ends(BLOCK)
    given = {"sent": uuid.uuid4(), "start": PLACE, "end": PLACE + len(BLOCK), "first": first, "last": last}
    return {**given, "text": "Somebody could count them.", "label": "claim", "tag": "opinion", **fields}


def send(client, work, name, **fields):
    client.force_login(by(work, name).user)
    article = work.articles.get().uuid
    return client.post(reverse("reasons", args=[work.uuid]), form(**{"article": article, **fields}))


def moderate(client, reason, state, **fields):
    client.force_login(teacher_of(reason.exercise).user)
    address = reverse("reason-moderate", args=[reason.exercise.uuid, reason.uuid])
    return client.post(address, {"state": state, **fields})


def seen(client, work, name):
    """What a reader reads of the reasons about the passage."""
    page = opened(client, by(work, name).user, work, f"?at={START}")[1]
    return words(page.split('id="reasons-title"')[1].split('id="who"')[0])


def test_a_reader_writes_one_and_comes_back_to_the_passage_and_the_tab(client, work):
    answer = send(client, work, "claim-person-0")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"{reverse('reveal', args=[work.uuid])}?article={work.articles.get().uuid}&tag=opinion&at={PLACE}#passage",
    )
    kept = Reason.objects.get()
    assert (kept.text, kept.says, kept.member) == ("Somebody could count them.", "claim", by(work, "claim-person-0"))
    assert "Your teacher reads it first" in seen(client, work, "claim-person-0")


def test_peers_read_it_once_it_is_shown_and_never_whose_it_is(client, work):
    send(client, work, "claim-person-0")
    assert "Somebody could count" not in seen(client, work, "opinion-person-0")
    assert "Nobody has given a reason here yet." in seen(client, work, "opinion-person-0")
    reason = Reason.objects.get()
    moderate(client, reason, "shown")
    page = opened(client, by(work, "opinion-person-0").user, work, f"?at={START}")[1]
    assert "Somebody could count" in page
    assert "claim-person-0" not in page
    assert str(reason.uuid) not in page
    assert reason.member.code not in page
    moderate(client, reason, "hidden")
    assert "Somebody could count" not in seen(client, work, "opinion-person-0")
    assert "Only you and your teacher see it" in seen(client, work, "claim-person-0")


def test_the_order_says_neither_who_wrote_nor_when(client, work):
    members = ["claim-person-0", "claim-person-1", "claim-person-2", "opinion-person-0"]
    labels = {each.slug: each for each in work.codebook_version.labels.all()}
    made = {}
    for number, name in enumerate(members):
        label = labels["opinion"] if name.startswith("claim") and number == 0 else labels["claim"]
        made[f"Reason {number}."] = said(work, name, f"Reason {number}.", state="shown", label=label)
    found = re.findall(r"Reason \d\.", seen(client, work, "opinion-person-1"))
    claims = sorted((reason.uuid, text) for text, reason in made.items() if reason.label.slug == "claim")
    assert found == [text for _uuid, text in claims] + ["Reason 0."]


def test_fewer_than_five_readings_show_a_peer_no_reason(client):
    room = factories.classroom(factories.teacher("rosa"))
    few = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.REVEALED)
    marks(few, 4, "claim")
    said(few, "claim-person-0", "A shown reason.", state="shown")
    for query in ("", f"?at={START}"):
        assert "A shown reason." not in opened(client, by(few, "claim-person-1").user, few, query)[1]
    assert "A shown reason." in opened(client, teacher_of(few).user, few, f"?at={START}")[1]


def test_the_teacher_reads_all_with_names_on_a_page_that_says_so(client, work):
    said(work, "claim-person-0", "It waits.")
    said(work, "claim-person-1", "It is hidden.", state="hidden")
    said(work, "opinion-person-0", "It is shown.", state="shown")
    said(work, "opinion-person-0", "It was taken back.", taken_back_at=factories.NOON)
    client.force_login(teacher_of(work).user)
    page = client.get(reverse("reasons", args=[work.uuid])).content.decode()
    assert "Not for the projector" in page
    assert "1 reason waits for you" in words(page)
    for text in ("It waits.” claim-person-0", "It is hidden.” claim-person-1", "It is shown.” opinion-person-0"):
        assert text in words(page.replace('<q dir="auto">', "“").replace("</q>", "”"))
    assert "It was taken back." not in page
    assert "claim-person-0" in opened(client, teacher_of(work).user, work)[1]


def test_in_a_team_it_is_there_at_once_and_nobody_has_a_name(client):
    team = factories.classroom(factories.teacher("rosa"), kind=Classroom.Kind.TEAM)
    work = factories.exercise(team, [factories.article(factories.teacher())], phase=Phase.REVEALED)
    marks(work, 2, "claim")
    send(client, work, "claim-person-0")
    assert "Somebody could count them." in seen(client, work, "claim-person-1")
    client.force_login(teacher_of(work).user)
    assert "claim-person" not in client.get(reverse("reasons", args=[work.uuid])).content.decode()
    moderate(client, Reason.objects.get(), "hidden")
    assert "Somebody could count them." not in seen(client, work, "claim-person-1")


def test_before_and_after_stand_side_by_side_once_there_is_an_after(client, work):
    said(work, "claim-person-0", "At first.", state="shown")
    assert "After the talk" not in seen(client, work, "opinion-person-0")
    said(work, "claim-person-0", "Later on.", state="shown", when="after")
    found = seen(client, work, "opinion-person-0")
    assert found.index("Before the talk") < found.index("At first.") < found.index("After the talk")
    assert found.index("After the talk") < found.index("Later on.")


def test_a_refused_reason_comes_back_as_it_was_typed(client, work):
    answer = send(client, work, "claim-person-0", text="x" * 201, label="opinion")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "201 characters long, and 200 fit" in page
    assert f'value="{"x" * 201}"' in page
    assert re.search(r'id="call".*?value="opinion" selected', page, re.DOTALL)
    assert not Reason.objects.exists()


def test_a_refused_change_opens_the_form_it_was_typed_in(client, work):
    kept = said(work, "claim-person-0", "At first.")
    page = send(client, work, "claim-person-0", text=" ", replaces=kept.uuid).content.decode()
    assert f'id="own-{kept.uuid}" open' in page
    assert "There are no words" in page


def test_changed_and_taken_back_it_leaves_the_page(client, work):
    first = said(work, "claim-person-0", "At first.", state="shown")
    send(client, work, "claim-person-0", text="On reflection.", replaces=first.uuid)
    assert "At first." not in seen(client, work, "claim-person-0")
    assert "On reflection." not in seen(client, work, "opinion-person-0")
    client.force_login(by(work, "claim-person-0").user)
    second = Reason.objects.get(text="On reflection.")
    assert client.post(reverse("reason-take-back", args=[work.uuid, second.uuid])).status_code == 302
    assert "On reflection." not in seen(client, work, "claim-person-0")


def test_another_readers_reason_is_not_found(client, work):
    kept = said(work, "claim-person-0", "At first.")
    client.force_login(by(work, "claim-person-1").user)
    assert client.post(reverse("reason-take-back", args=[work.uuid, kept.uuid])).status_code == 404
    assert Reason.objects.get().taken_back_at is None


@pytest.mark.parametrize(
    "fields",
    [{"sent": "x"}, {"start": "x"}, {"end": ""}, {"first": ""}, {"article": "x"}, {"replaces": "x"}, {"start": -1}],
)
def test_a_form_that_makes_no_sense_is_refused(client, work, fields):
    assert send(client, work, "claim-person-0", **fields).status_code == 422
    assert not Reason.objects.exists()


def test_an_article_that_is_not_in_the_exercise_is_not_found(client, work):
    other = factories.article(factories.teacher())
    assert send(client, work, "claim-person-0", article=other.uuid).status_code == 404


def test_ends_of_lines_in_a_quote_are_those_of_the_text(client):
    text = "Title\n\n" + "\n".join(f"Line {n}" for n in range(12))
    room = factories.classroom(factories.teacher())
    made = factories.exercise(room, [factories.article(factories.teacher(), text=text)], phase=Phase.REVEALED)
    member = factories.reader(room)
    client.force_login(member.user)
    block = text[7:]
    first, last = (each.replace("\n", "\r\n") for each in quote_ends(block))
    sent = form(article=made.articles.get().uuid, start=7, end=len(text), first=first, last=last)
    assert client.post(reverse("reasons", args=[made.uuid]), sent).status_code == 302
    assert Reason.objects.get().quote == block


@pytest.mark.parametrize(("state", "count"), [("shown", 1), ("hidden", 1)])
def test_a_press_leads_back_to_where_it_was_made(client, work, state, count):
    kept = said(work, "claim-person-0", "It waits.")
    assert moderate(client, kept, state).headers["Location"] == reverse("reasons", args=[work.uuid])
    assert "/reveal/?" in moderate(client, kept, state, back="reveal").headers["Location"]
    assert Reason.objects.filter(state=state).count() == count
    assert moderate(client, kept, "nonsense").status_code == 422


def test_a_press_on_what_was_taken_back_says_so(client, work):
    kept = said(work, "claim-person-0", "It waits.", taken_back_at=factories.NOON)
    for back in ("", "reveal"):
        answer = moderate(client, kept, "shown", back=back)
        assert answer.status_code == 422
        assert "taken it back" in answer.content.decode()


def test_a_quoted_sentence_has_its_quotation_marks_once(client, work):
    text = work.articles.get()
    words_of = "“Nobody asked us,” said the master. Nothing else was said."
    block = text.blocks.get(start=PLACE)
    text.text = text.text[:PLACE] + words_of.ljust(len(BLOCK), ".") + text.text[block.end :]
    text.save()
    reason = said(work, "claim-person-0", "“Asked” is the word here.")
    Reason.objects.filter(pk=reason.pk).update(quote=words_of)
    client.force_login(teacher_of(work).user)
    page = words(client.get(reverse("reasons", args=[work.uuid])).content.decode())
    assert "“‘Nobody asked us,’ said the master." in page
    assert "‘Asked’ is the word here." in page
    assert "““" not in page


def test_the_list_looked_at_again_is_304_until_something_comes(client, work):
    client.force_login(teacher_of(work).user)
    address = reverse("reasons", args=[work.uuid]) + "?part=1"
    page = client.get(address).content.decode()
    mark = re.search(r'data-mark="([^"]+)"', page.replace("&quot;", "'")).group(1).replace("'", '"')
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
    said(work, "claim-person-0", "It waits.")
    again = client.get(address, headers={"If-None-Match": mark})
    assert (again.status_code, again.content.decode().lstrip()[:4]) == (200, "<div")


def look(client, work, name, mark="", **asked):
    """What a reader's page gets that asks for the reasons about the passage again."""
    client.force_login(by(work, name).user)
    asked = {"article": work.articles.get().uuid, "start": PLACE, **asked}
    return client.get(reverse("reasons-said", args=[work.uuid]), asked, headers={"If-None-Match": mark})


def mark_on_page(client, work, name):
    """What a reader's reveal takes the reasons to be."""
    page = opened(client, by(work, name).user, work, f"?at={START}")[1]
    return re.search(r'id="said".*?data-mark="([^"]+)"', page).group(1).replace("&quot;", '"')


def test_a_reader_s_page_hears_of_a_shown_reason_and_of_nothing_that_waits(client, work):
    reason = said(work, "claim-person-0", "It waits.")
    mark = mark_on_page(client, work, "opinion-person-0")
    assert look(client, work, "opinion-person-0", mark).status_code == 304
    moderate(client, reason, "hidden")
    assert look(client, work, "opinion-person-0", mark).status_code == 304
    moderate(client, reason, "shown")
    answer = look(client, work, "opinion-person-0", mark)
    page = answer.content.decode()
    assert (answer.status_code, "It waits." in page, "1 reason is shown here now." in page) == (200, True, True)
    for secret in ("claim-person-0", str(reason.uuid), reason.member.code):
        assert secret not in page
    # What comes by itself is what the page says when it is opened.
    assert answer.headers["ETag"] == mark_on_page(client, work, "opinion-person-0")


def test_its_writer_hears_that_the_class_sees_it(client, work):
    reason = said(work, "claim-person-0", "It waits.")
    mark = mark_on_page(client, work, "claim-person-0")
    moderate(client, reason, "shown")
    assert "the class sees it" in look(client, work, "claim-person-0", mark).content.decode()


def test_of_fewer_than_five_readings_no_look_says_that_there_is_a_reason(client):
    room = factories.classroom(factories.teacher("rosa"))
    few = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.REVEALED)
    marks(few, 4, "claim")
    before = look(client, few, "claim-person-1").headers["ETag"]
    said(few, "claim-person-0", "A shown reason.", state="shown")
    assert look(client, few, "claim-person-1", before).status_code == 304


@pytest.mark.parametrize(
    "asked", [{"article": uuid.uuid4()}, {"article": "x"}, {"article": ""}, {"start": ""}, {"start": "-1"}]
)
def test_a_look_at_no_passage_of_one_s_own_is_not_found(client, work, asked):
    assert look(client, work, "claim-person-0", **asked).status_code == 404


def test_only_a_reader_s_page_looks_again(client, work):
    assert 'id="said" data-url' in opened(client, by(work, "claim-person-0").user, work, f"?at={START}")[1]
    assert 'id="said" data-url' not in opened(client, teacher_of(work).user, work, f"?at={START}")[1]


def test_a_look_that_finds_nothing_new_is_cheap(client, work, django_assert_max_num_queries):
    for number in range(5):
        said(work, "claim-person-0", f"Reason {number}.", state="shown")
    mark = mark_on_page(client, work, "opinion-person-0")
    asked = {"article": work.articles.get().uuid, "start": PLACE}
    with django_assert_max_num_queries(12) as found:
        answer = client.get(reverse("reasons-said", args=[work.uuid]), asked, headers={"If-None-Match": mark})
    assert answer.status_code == 304
    assert not any('"annotator_span"."start"' in each["sql"] for each in found.captured_queries)


def test_more_reasons_cost_no_more_queries(client, work, django_assert_max_num_queries):
    def reads(user, address):
        client.force_login(user)
        with django_assert_max_num_queries(26) as found:
            assert client.get(address).status_code == 200
        return len(found)

    pages = [
        (teacher_of(work).user, reverse("reasons", args=[work.uuid])),
        (teacher_of(work).user, reverse("reveal", args=[work.uuid])),
        (by(work, "claim-person-1").user, reverse("reveal", args=[work.uuid])),
    ]
    said(work, "claim-person-0", "The first.", state="shown")
    before = [reads(*each) for each in pages]
    for number in range(5):
        said(work, "claim-person-0", f"Reason {number}.", state="shown")
        said(work, "opinion-person-0", f"Waiting {number}.")
    assert [reads(*each) for each in pages] == before
    assert before[0] <= 12


def test_the_lesson_says_how_many_wait_and_leads_there(client, work):
    client.force_login(teacher_of(work).user)
    address = reverse("exercise", args=[work.uuid])
    assert "wait for you" not in client.get(address).content.decode()
    said(work, "claim-person-0", "It waits.")
    said(work, "claim-person-1", "It waits too.")
    for page in (address, reverse("exercise-progress", args=[work.uuid])):
        found = client.get(page).content.decode()
        assert "2 reasons wait for you" in found
        assert reverse("reasons", args=[work.uuid]) in found
        assert "It waits" not in found


def test_a_teacher_who_only_teaches_has_no_form(client, work):
    assert "Why do you think so?" not in opened(client, teacher_of(work).user, work)[1]
    assert "Why do you think so?" in opened(client, by(work, "claim-person-0").user, work)[1]
    Exercise.objects.update(phase=Phase.ARCHIVED)
    assert "Why do you think so?" not in opened(client, by(work, "claim-person-0").user, work)[1]


def test_whoever_left_the_class_is_not_read(client, work):
    said(work, "claim-person-0", "A shown reason.", state="shown")
    Membership.objects.filter(pseudonym="claim-person-0").update(removed_at=factories.NOON)
    assert "A shown reason." not in seen(client, work, "opinion-person-0")
    assert "A shown reason." not in opened(client, teacher_of(work).user, work)[1]
