"""What the frame around every page promises, page or no page."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory

from core import views
from core.errors import DomainError, NotAllowed, WrongState
from core.middleware import DomainErrors, PrivatePages


@pytest.fixture
def ask():
    request = RequestFactory().get("/")
    request.user = None
    request.resolver_match = None
    return request


class Somewhere:
    def get_absolute_url(self):
        return "/gezinnen/7/"


@pytest.mark.row("R31")
@pytest.mark.parametrize("kept", ["", "max-age=3600", "private"])
def test_no_page_may_be_kept_whatever_its_view_says(ask, kept):
    response = PrivatePages(lambda request: HttpResponse("x", headers={"Cache-Control": kept} if kept else {}))(ask)
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]


def test_what_a_user_may_not_do_is_a_page_with_the_reason(ask):
    response = DomainErrors(None).process_exception(ask, NotAllowed("Alleen de <regisseur> mag dit."))
    assert response.status_code == 403
    assert "Alleen de &lt;regisseur&gt; mag dit." in response.content.decode()


def test_what_can_not_be_done_is_a_page_with_the_reason(ask):
    class Narrower(DomainError):
        pass

    response = DomainErrors(None).process_exception(ask, Narrower("Dit kan nu niet."))
    assert response.status_code == 400
    assert "Dit kan nu niet." in response.content.decode()


def test_a_page_that_has_moved_on_is_shown_as_it_is_now(ask, monkeypatch):
    said = []
    monkeypatch.setattr("core.middleware.messages.warning", lambda request, text: said.append(text))
    response = DomainErrors(None).process_exception(ask, WrongState("Al aanvaard.", about=Somewhere()))
    assert (response.status_code, response.url) == (302, "/gezinnen/7/")
    assert said == ["Al aanvaard."]


@pytest.mark.parametrize("fault", [ValueError("x"), PermissionDenied(), Http404()])
def test_a_fault_of_ours_is_not_hidden(ask, fault):
    assert DomainErrors(None).process_exception(ask, fault) is None


@pytest.mark.parametrize(("view", "status"), [(views.bad_request, 400), (views.forbidden, 403), (views.not_found, 404)])
def test_a_fault_page_is_the_same_bytes_for_everybody_and_every_reason(ask, view, status):
    other = RequestFactory().post("/gezinnen/1/?zoek=Marloes")
    one, two = view(ask, Http404("Marloes")), view(other, PermissionDenied("other"))
    assert one.status_code == two.status_code == status
    assert one.content == two.content
    assert one.headers == two.headers


def test_the_page_for_a_fault_of_ours_needs_no_database_and_no_session(ask):
    # No database mark on this test: a query would fail it.
    response = views.broken(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "tel:112" in response.content.decode()


def test_healthy_answers_without_the_database(ask):
    assert views.healthy(ask).content == b"ok"


def test_a_form_that_was_open_too_long_gives_back_what_was_written(ask):
    request = RequestFactory().post(
        "/",
        {
            "wat": "Hij durft na school <niet> naar huis.",
            "kind": "7",
            "token": "e1b23127-5cb0-4b22-8cd3-89e9fbe72a12",
            "password": "een-lang-wachtwoord",
            "csrfmiddlewaretoken": "x" * 60,
        },
    )
    response = views.stale_form(request, reason="CSRF token missing")
    shown = response.content.decode()
    assert response.status_code == 403
    assert "Hij durft na school &lt;niet&gt; naar huis." in shown
    assert "een-lang-wachtwoord" not in shown
    assert "x" * 60 not in shown
    assert "e1b23127" not in shown


@pytest.mark.django_db
class TestHide:
    @pytest.mark.row("R34")
    def test_ends_the_session_and_shows_a_page_that_says_nothing(self, cast, sign_in):
        browser = sign_in(cast.worker)
        response = browser.post("/verberg/")
        shown = response.content.decode()
        assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        assert response["Cache-Control"] == "no-store"
        assert "Vinger" not in shown
        assert cast.worker.name not in shown
        assert browser.get("/").status_code == 302

    @pytest.mark.row("R34")
    def test_works_from_a_page_whose_token_is_long_gone(self):
        assert Client(enforce_csrf_checks=True).post("/verberg/").status_code == 200

    def test_looking_at_the_page_ends_nothing(self, cast, sign_in):
        browser = sign_in(cast.worker)
        assert "Clear-Site-Data" not in browser.get("/verberg/")
        assert browser.get("/").status_code == 200

    @pytest.mark.row("R34")
    @pytest.mark.parametrize("address", ["/inloggen/", "/hulp/", "/toegankelijkheid/", "/nergens/"])
    def test_is_the_first_thing_on_every_page(self, client, address):
        body = client.get(address).content.decode().split("<body")[1]
        first = min(body.index(part) for part in ("<a ", "<button", "<input", "<select") if part in body)
        assert body.index('<form class="vp-hide" method="post" action="/verberg/">') < first
        assert body.index("<button") == first


@pytest.mark.django_db
class TestOpenPages:
    @pytest.mark.parametrize("address", ["/hulp/", "/toegankelijkheid/", "/gezond/"])
    def test_need_no_sign_in_and_are_not_kept(self, client, address):
        response = client.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"

    @pytest.mark.row("R35")
    def test_the_content_policy_allows_nothing_inline_and_nothing_from_elsewhere(self, client):
        policy = client.get("/hulp/")["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy

    def test_a_file_is_refused(self, client):
        from django.core.files.uploadedfile import SimpleUploadedFile

        response = client.post("/inloggen/", {"login": "a", "file": SimpleUploadedFile("a.pdf", b"x")})
        assert response.status_code == 400
        assert "<h1>" in response.content.decode()

    def test_the_numbers_stand_on_the_sign_in_page(self, client):
        shown = client.get("/inloggen/").content.decode()
        assert "tel:112" in shown
        assert "tel:08002000" in shown


def test_a_form_may_say_which_site_it_comes_from():
    # Under "no-referrer" browsers send "Origin: null" with every form, and every form is then refused as forged.
    assert '<meta name="referrer" content="same-origin">' in views.not_found(None, Http404()).content.decode()
