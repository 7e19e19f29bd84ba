"""Django's admin: whom it opens to, what may be mended there, and that it rests on our own doors."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from annotator.models import Article, Membership, Phase, Span, SpanOperation, User
from annotator.services.accounts import sign_in_link_use, teacher_add
from tests import factories
from tests.security import world

pytestmark = pytest.mark.django_db

OURS = sorted(apps.get_app_config("annotator").get_models(), key=lambda model: model._meta.model_name)
UNTOUCHED = [
    "reading",
    "span",
    "spanoperation",
    "block",
    "codebookversion",
    "label",
    "exercisearticle",
    "readercode",
    "snapshot",
]


def names(model):
    return model._meta.model_name


@pytest.fixture
def here():
    return world.build(Phase.REVEALED)


@pytest.fixture
def operator(here):
    return here.client("operator")


def address(model, page, *arguments):
    return reverse(f"admin:annotator_{model}_{page}", args=arguments)


@pytest.mark.parametrize("model", OURS, ids=names)
def test_every_table_can_be_looked_at_searched_and_opened(operator, model):
    assert admin.site.is_registered(model)
    listed = operator.get(address(names(model), "changelist"))
    assert listed.status_code == 200
    searched = operator.get(address(names(model), "changelist"), {"q": "x'y 1"})
    assert searched.status_code == 200
    first = model.objects.first()
    if first is not None:
        assert operator.get(address(names(model), "change", first.pk)).status_code == 200


def test_the_world_has_a_row_of_most_tables(here):
    empty = {names(model) for model in OURS if not model.objects.exists()}
    assert empty <= {"agreementpairs", "agreementrow", "attempt", "readercode", "spanoperation"}


@pytest.mark.parametrize("model", UNTOUCHED)
def test_what_readers_made_is_never_added_changed_or_deleted_by_hand(here, operator, model):
    found = apps.get_model("annotator", model)
    before = world.fingerprint()
    assert operator.post(address(model, "add"), {}).status_code == 403
    first = found.objects.first()
    if first is not None:
        assert operator.post(address(model, "change", first.pk), {"note": "x", "end": 9}).status_code == 403
        assert operator.post(address(model, "delete", first.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [getattr(first, "pk", 1)], "post": "yes"}
    operator.post(address(model, "changelist"), chosen)
    assert world.fingerprint() == before


def test_an_article_s_text_is_shown_and_never_changed(here, operator):
    page = operator.get(address("article", "change", here.article.pk))
    assertContains(page, "It was the best evening of the winter.")
    assertNotContains(page, 'name="text"')
    text, title = here.article.text, here.article.title
    payload = {"owner": here.people["other_teacher"].pk, "text": "x", "title": "x", "text_sha256": "x"}
    assert operator.post(address("article", "change", here.article.pk), payload).status_code == 302
    stored = Article.objects.get(pk=here.article.pk)
    assert (stored.text, stored.title, stored.owner) == (text, title, here.people["other_teacher"])


def test_no_hash_of_a_link_is_shown(here, operator):
    for model in ("signinlink", "invitation"):
        first = apps.get_model("annotator", model).objects.first()
        assertNotContains(operator.get(address(model, "change", first.pk)), first.token_hash)


def test_a_removed_teacher_is_brought_back(here, operator):
    member = here.members["removed_reader"]
    payload = {"pseudonym": "", "removed_at_0": "", "removed_at_1": ""}
    assert operator.post(address("membership", "change", member.pk), payload).status_code == 302
    stored = Membership.objects.get(pk=member.pk)
    assert (stored.removed_at, stored.is_reader, stored.code_number) == (None, True, member.code_number)


def test_a_person_made_here_is_found_by_a_name_in_any_case(here, operator):
    payload = {
        "username": "Ilse.Varga", "is_teacher": "on", "usable_password": "true", "password1": "the ferry was late",
        "password2": "the ferry was late",
    }  # fmt: skip
    assert operator.post(address("user", "add"), payload).status_code == 302
    user = User.objects.get_by_natural_key("ILSE.VARGA")
    assert (user.is_teacher, user.check_password("the ferry was late")) == (True, True)


def test_no_two_people_differ_by_case_alone(here, operator):
    payload = {"username": "TEACHER", "usable_password": "false"}
    assertContains(operator.post(address("user", "add"), payload), "already exists")


def test_a_stopped_link_lets_nobody_in(here, operator):
    link = here.people["other_teacher"].sign_in_links.get()
    operator.post(address("signinlink", "delete", link.pk), {"post": "yes"})
    with pytest.raises(Exception, match="run out"):
        sign_in_link_use(token=world.SIGN_IN_TOKEN)


def test_nobody_signs_in_past_our_own_door(client):
    index = reverse("admin:index")
    assertRedirects(client.get(index), f"{reverse('admin:login')}?next={index}", fetch_redirect_response=False)
    login = client.get(reverse("admin:login"), {"next": index})
    assert login.headers["Location"] == f"/sign-in/?next={index.replace('/', '%2F')}"
    teacher_add(username="operator", password="the ferry was late", is_operator=True)
    posted = client.post(reverse("admin:login"), {"username": "operator", "password": "the ferry was late"})
    assert posted.status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_teacher_finds_nothing_there():
    client = Client()
    client.force_login(factories.teacher("marit", is_staff=True))
    assert client.get(reverse("admin:login")).status_code == 404
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_barred_operator_may_do_nothing():
    request = RequestFactory().get("/")
    request.user = teacher_add(username="operator", is_operator=True)
    assert admin.site.has_permission(request)
    request.user.is_active = False
    assert not admin.site.has_permission(request)


def test_the_admin_s_own_buttons_lead_to_our_pages(operator):
    assertRedirects(operator.get(reverse("admin:password_change")), reverse("password-change"))
    assert operator.get(reverse("admin:logout")).status_code == 405
    assertRedirects(operator.post(reverse("admin:logout")), "/sign-in/")


def test_lists_ask_the_database_no_more_for_more_rows(here, operator, django_assert_num_queries):
    page = address("span", "changelist")
    operator.get(page)
    with django_assert_num_queries(6) as few:
        operator.get(page)
    for start in range(5):
        factories.span(here.classmates_reading, start, start + 3)
    with django_assert_num_queries(len(few)):
        operator.get(page)
    assert Span.objects.count() > 5
    assert not SpanOperation.objects.exists()
