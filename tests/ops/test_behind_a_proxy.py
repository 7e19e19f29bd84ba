"""Behind a proxy that speaks HTTPS: the scheme is believed from the proxy alone, and cookies are made for it."""

import http.client
import sys

import pytest

from tests.ops.installation import Installation
from tests.ops.visitors import free_port, serving

pytestmark = [pytest.mark.only("sqlite")]
HOST = "reading.example.org"


def ask(port: int, path: str, **headers: str) -> http.client.HTTPMessage:
    """The headers of the answer, its status among them."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": HOST} | {n.replace("_", "-"): v for n, v in headers.items()})
    answer = connection.getresponse()
    answer.read()
    answer.headers["Status"] = str(answer.status)
    connection.close()
    return answer.headers


def quickstart(port: int) -> list[str]:
    """waitress on that port."""
    return [sys.executable, "manage.py", "quickstart", "--empty", "--port", str(port)]


def test_a_trusted_proxy_is_believed(tmp_path):
    here = Installation(tmp_path, extra={"SOURCEWISE_HOSTS": HOST, "SOURCEWISE_TRUSTED_PROXIES": "1"})
    port = free_port()
    with serving(here, port, *quickstart(port)):
        secure = ask(port, "/sign-in/", X_Forwarded_Proto="https", X_Forwarded_For="198.51.100.7")
        assert secure["Status"] == "200"
        assert secure["Strict-Transport-Security"] == "max-age=31536000"
        [cookie] = secure.get_all("Set-Cookie")
        assert cookie.startswith("__Host-csrf=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        plain = ask(port, "/sign-in/", X_Forwarded_Proto="http")
        assert (plain["Status"], plain["Location"]) == ("301", f"https://{HOST}/sign-in/")
        assert ask(port, "/healthz")["Status"] == "200"
        assert ask(port, "/readyz")["Status"] == "200"
        assert ask(port, "/sign-in/", Host="elsewhere.example", X_Forwarded_Proto="https")["Status"] == "400"
    assert f"https://{HOST}/sign-in/" in here.said()


def test_without_a_trusted_proxy_nobody_can_claim_to_come_by_https(tmp_path):
    here = Installation(tmp_path, extra={"SOURCEWISE_HOSTS": HOST})
    port = free_port()
    with serving(here, port, *quickstart(port)):
        claimed = ask(port, "/sign-in/", X_Forwarded_Proto="https")
        assert (claimed["Status"], claimed["Location"]) == ("301", f"https://{HOST}/sign-in/")


def test_static_files_are_served_hashed_compressed_and_for_ever(tmp_path):
    here = Installation(tmp_path)
    port = free_port()
    with serving(here, port, *quickstart(port)):
        # Each under its hash alone, and once more compressed.
        [sheet] = list((tmp_path / "static" / "annotator" / "css").glob("tokens.*.css"))
        answer = ask(port, f"/static/annotator/css/{sheet.name}", Host=f"localhost:{port}", Accept_Encoding="gzip")
        assert answer["Status"] == "200"
        assert answer["Content-Encoding"] == "gzip"
        assert "immutable" in answer["Cache-Control"]
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Server" not in answer
