"""The wall passage by passage: what it shows, how the teacher steers it, and that it follows."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Exercise, Phase, Reason, Span, Step
from annotator.reports.reveal_page import reveal_page
from annotator.views import projector
from tests import factories
from tests.security.world import reason_of
from tests.views.test_projector import TOKEN, html, look
from tests.views.test_reveal import START, marks, opened, teacher_of, words

pytestmark = pytest.mark.django_db

BEST = factories.TEXT.index("It was the best")
GIVE = factories.TEXT.index("Keep the Lantern")


@pytest.fixture
def work():
    """Six readings of two articles; the first has three split passages, and one on which all agree."""
    teacher = factories.teacher("rosa")
    texts = [factories.article(teacher), factories.article(teacher, title="The other fair")]
    made = factories.exercise(factories.classroom(teacher), texts, phase=Phase.REVEALED)
    for number, reading in enumerate(marks(made, 6, "")):
        factories.span(reading, START, START + 33, "claim" if number < 3 else "opinion")
        if number < 2:
            factories.span(reading, BEST, BEST + 38, "opinion")
        factories.span(reading, GIVE, GIVE + 58, "boilerplate")
    Exercise.objects.update(step=Step.DISCUSS, projector_token=TOKEN)
    return Exercise.objects.get()


def press(client, work, way="", here="", **fields):
    client.force_login(teacher_of(work).user)
    return client.post(reverse("spotlight", args=[work.uuid]), {"way": way, "here": here, **fields})


def here(work):
    """What the teacher's page takes to be on the wall."""
    now = Exercise.objects.get(pk=work.pk)
    if now.spotlight_article_id is None:
        return ""
    return f"{now.places.get(article=now.spotlight_article_id).position}:{now.spotlight_start}"


def said(work, text, member=0, **fields):
    return reason_of(work.readings.order_by("pk")[member], START, text, **fields)


def test_it_shows_the_most_divided_passage_in_its_surroundings(work):
    shown = words(html())
    assert "Passage 1 of 2" in shown
    assert "Let’s talk" in shown
    assert "Claim 3" in shown
    assert "Opinion 3" in shown
    assert "6 readers." in shown
    assert "left it blank" not in shown
    assert "whose judgement is it?" in shown
    assert re.search(r"<strong>[^<]*Some 900 visitors came last year\.</strong>", html())


def test_the_passage_s_article_is_the_heading_of_the_wall(work):
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", html())
    assert found == [work.articles.order_by("places__position").first().title]


def test_its_passages_and_prompts_are_those_of_the_reveal(client, work):
    page = reveal_page(work, teacher_of(work), None, "", None)
    assert page is not None
    for passage in page.listed:
        shown = html(f"?article=1&passage={passage.number}&since={since()}")
        assert f"Passage {passage.number} of {page.divided}" in words(shown)
        assert passage.prompt in words(shown).replace("&#x27;", "’")


def since():
    """What the wall's own links carry along."""
    return re.search(r"since=(\w+)", html()).group(1)


def test_next_and_previous_go_through_the_article_and_on_to_the_other(client, work):
    stops = []
    for way in ("next", "next", "next", "previous", "previous", "previous", "previous"):
        assert press(client, work, way, here(work)).status_code == 302
        stops.append(here(work))
    assert stops == [f"1:{BEST}", "2:0", "2:0", f"1:{BEST}", f"1:{first(work)}", f"1:{first(work)}", f"1:{first(work)}"]


def first(work):
    """Where the most divided passage begins."""
    page = reveal_page(work, teacher_of(work), None, "", None)
    return page.listed[0].start


def test_the_most_united_and_the_most_divided_are_one_press_away(client, work):
    press(client, work, "united", here(work))
    assert here(work) == f"1:{GIVE}"
    assert "You agree here" in words(html())
    assert "Boilerplate 6" in words(html())
    press(client, work, "divided", here(work))
    assert here(work) == f"1:{first(work)}"


def test_two_presses_of_one_page_skip_nothing(client, work):
    for _ in range(3):
        assert press(client, work, "next", "").status_code == 302
    assert here(work) == f"1:{BEST}"


def test_an_old_page_is_told_and_moves_nothing(client, work):
    press(client, work, "next", "")
    for back in ("", "reveal"):
        answer = press(client, work, "united", "", back=back)
        assert answer.status_code == 422
        assert "had moved on before you pressed" in answer.content.decode()
    assert here(work) == f"1:{BEST}"


def test_any_passage_of_the_reveal_can_be_put_on_the_wall(client, work):
    article = work.articles.order_by("places__position").first()
    answer = press(client, work, "", "", article=article.uuid, start=GIVE, back="reveal", tag="opinion")
    assert answer.headers["Location"] == (
        f"{reverse('reveal', args=[work.uuid])}?article={article.uuid}&tag=opinion&at={GIVE}#passage"
    )
    assert here(work) == f"1:{GIVE}"


@pytest.mark.parametrize("fields", [{}, {"way": "sideways"}, {"way": "next", "here": "x"}, {"start": 3}])
def test_a_press_that_makes_no_sense_is_refused(client, work, fields):
    client.force_login(teacher_of(work).user)
    assert client.post(reverse("spotlight", args=[work.uuid]), fields).status_code == 422
    assert here(work) == ""


def test_an_article_of_another_exercise_is_not_found(client, work):
    other = factories.article(factories.teacher())
    assert press(client, work, "", "", article=other.uuid, start=0).status_code == 404


def test_the_wall_follows_by_its_etag_and_a_look_that_finds_nothing_new_is_cheap(
    client, work, django_assert_max_num_queries
):
    mark = look().headers["ETag"]
    assert look(mark).status_code == 304
    press(client, work, "next", "")
    after = look(mark)
    assert after.status_code == 200
    assert "It was the best evening" in after.content.decode()
    said(work, "It is shown.", state="shown")
    mark = look().headers["ETag"]
    with django_assert_max_num_queries(6):
        assert look(mark).status_code == 304


def test_who_goes_their_own_way_on_the_wall_is_taken_along_when_the_lesson_goes_on(client, work):
    query = f"?article=1&passage=2&since={since()}"
    assert "Passage 2 of 2" in words(html(query))
    assert "Follow the lesson" in words(html(query))
    mark = look(query=query).headers["ETag"]
    press(client, work, "united", "")
    assert "You agree here" in words(look(mark, query).content.decode())


@pytest.mark.parametrize(
    "query", ["passage=99", "passage=x", "passage=²", "article=9&passage=1", "article=x&passage=1"]
)
def test_an_odd_address_shows_the_first_passage(work, query):
    assert "Passage 1 of 2" in words(html(f"?{query}&since={since()}"))


def test_the_last_and_the_united_passage_have_an_address(work):
    assert "Passage 2 of 2" in words(html(f"?article=1&passage=last&since={since()}"))
    assert "You agree here" in words(html(f"?article=1&passage=united&since={since()}"))


def test_it_shows_three_shown_reasons_one_for_each_tag_first(work):
    labels = {each.slug: each for each in work.codebook_version.labels.all()}
    for number in range(4):
        said(work, f"Claimed {number}.", number, state="shown", label=labels["claim"])
    said(work, "Judged.", 4, state="shown", label=labels["opinion"])
    said(work, "It waits.", 5)
    said(work, "It is hidden.", 5, state="hidden")
    said(work, "It was taken back.", 5, state="shown", taken_back_at=factories.NOON)
    shown = html()
    assert "Judged." in shown
    assert len(re.findall(r"Claimed \d\.", shown)) == 2
    assert "2 more reasons on your own page." in words(shown)
    for text in ("It waits.", "It is hidden.", "It was taken back."):
        assert text not in shown


def test_a_waiting_reason_leaves_the_etag_alone_and_a_shown_one_does_not(work):
    mark = look().headers["ETag"]
    kept = said(work, "It waits.")
    assert look(mark).status_code == 304
    Reason.objects.filter(pk=kept.pk).update(state="shown")
    assert look(mark).status_code == 200


def test_fewer_than_five_readings_show_neither_passage_nor_reason_nor_that_there_is_one(work):
    work.readings.filter(pk__in=work.readings.order_by("pk").values("pk")[:2]).update(state="open")
    mark = look().headers["ETag"]
    said(work, "A shown reason.", 4, state="shown")
    assert look(mark).status_code == 304
    for query in ("", f"?article=1&passage=1&since={projector.since(work)}", "?passage=united"):
        shown = html(query)
        assert "too few to show" in shown
        for text in ("900 visitors", "A shown reason.", "Passage 1"):
            assert text not in shown


def test_it_names_nobody_and_has_nothing_to_press(work):
    kept = said(work, "A shown reason.", state="shown")
    for page in (html(), look().content.decode()):
        assert kept.member.pseudonym not in page
        assert kept.member.code not in page
        assert str(kept.uuid) not in page
        assert "<form" not in page
        assert "<button" not in page


def test_what_the_wall_may_not_show_the_teacher_walks_through_alone(client, work):
    """Three readings that part on two passages of the first article: the teacher may see them, the wall may not."""
    pks = list(work.readings.order_by("pk").values_list("pk", flat=True))
    work.readings.filter(pk__in=[pks[2], pks[4], pks[5]]).update(state="open")
    teacher, article = teacher_of(work).user, work.articles.order_by("places__position").first()
    for spotlight in ({}, {"spotlight_article": article, "spotlight_start": START}):
        Exercise.objects.update(**spotlight)
        page = opened(client, teacher, work)[1]
        assert "The projector does not show this text: too few readings count here." in words(page)
        assert "The projector shows" not in words(page)
        assert 'id="wall"' not in page
        [onwards] = re.findall(r'<a [^>]*id="step-after"[^>]*href="([^"]+)"', page)
        assert onwards == f"?article={article.uuid}&amp;tag=claim&amp;at={factories.TEXT.index('The Eastquay')}#passage"
        assert "1 of 2" in words(page)
    Exercise.objects.update(step="")
    assert "The projector" not in words(opened(client, teacher, work)[1])


def test_pupils_find_what_the_wall_shows(client, work):
    member = work.readings.first().member
    press(client, work, "united", "")
    assert "What the projector shows" in opened(client, member.user, work)[1]
    page = opened(client, member.user, work, "?wall=1")[1]
    assert "You agree here" in words(page)
    Exercise.objects.update(step="")
    assert "What the projector shows" not in opened(client, member.user, work)[1]
    assert "You agree here" not in words(opened(client, member.user, work, "?wall=1")[1])


def test_the_wall_s_article_that_was_dealt_to_others_is_not_shown(client, work):
    other = work.articles.get(title="The other fair")
    Exercise.objects.update(distribution="balanced", spotlight_article=other, spotlight_start=0)
    member = work.readings.first().member
    mine = work.articles.exclude(pk=other.pk).get()
    member.assignments.create(exercise=work, article=mine)
    status, page = opened(client, member.user, work, "?wall=1")
    assert (status, "The other fair" in page) == (200, False)


def test_the_teacher_steers_from_the_lesson_and_from_the_reveal(client, work):
    teacher = teacher_of(work).user
    client.force_login(teacher)
    lesson = client.get(reverse("exercise", args=[work.uuid])).content.decode()
    assert "The most divided passage" in words(lesson)
    assert "Next passage" in words(lesson)
    assert "The projector shows this passage." in words(opened(client, teacher, work)[1])
    press(client, work, "next", "")
    assert (
        "It was the best evening of the winter." in client.get(reverse("exercise", args=[work.uuid])).content.decode()
    )
    page = opened(client, teacher, work)[1]
    assert "The projector shows another passage." in words(page)
    assert f'name="here" value="1:{BEST}"' in page


def test_where_all_agree_the_teacher_is_told_that_the_projector_shows_that(client, work):
    Span.objects.exclude(start=GIVE).delete()
    page = opened(client, teacher_of(work).user, work, f"?at={GIVE}")[1]
    assert "Keep the Lantern" in words(html())
    assert "The projector shows this passage." in words(page)


def test_a_withdrawn_text_says_so(work):
    work.articles.update(withdrawn_at=factories.NOON)
    assert "The text was withdrawn" in words(html())
    Exercise.objects.update(step="")
    assert "The text was withdrawn" in words(html())


def test_the_heat_says_where_the_class_is_united_and_where_it_parts_and_leads_to_the_other_article(work):
    Exercise.objects.update(step="")
    shown = words(html().replace("<q>", "“").replace("</q>", "”"))
    assert "Most united “Keep the Lantern free for everyone: give 3 crowns a month.” Boilerplate 6" in shown
    assert "Claim 3 · Opinion 3" in shown.split("Most divided")[1]
    assert "Article 1 of 2" in shown
    assert "?article=2" in html()
    assert "?article=1" in html("?article=2")
    work.places.filter(position=2).delete()
    assert "Article 1 of" not in html()


def test_the_heat_of_too_few_says_neither(work):
    Exercise.objects.update(step="")
    work.readings.filter(pk__in=work.readings.order_by("pk").values("pk")[:2]).update(state="open")
    assert "Most united" not in html()
    assert "Most divided" not in html()


def test_the_projector_s_page_needs_nobody_signed_in(work):
    assert Client().get(reverse("projector", args=[TOKEN])).status_code == 200
