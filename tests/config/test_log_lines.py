"""What web servers say about a request that failed names nobody."""

import logging

import pytest


@pytest.mark.parametrize(
    ("server", "line"), [("waitress", "Exception while serving %s"), ("gunicorn.error", "Error handling request %s")]
)
@pytest.mark.proves("S28")
def test_the_address_of_a_failed_request_is_left_out(server, line, caplog):
    with caplog.at_level(logging.ERROR, logger=server):
        try:
            raise ZeroDivisionError
        except ZeroDivisionError:
            logging.getLogger(server).exception(line, "/sign-in/Canary-token/")
    assert "ZeroDivisionError" in caplog.text
    assert "Canary" not in caplog.text


def test_other_lines_and_numbers_stay_as_they_are(caplog):
    with caplog.at_level(logging.INFO, logger="gunicorn.error"):
        logging.getLogger("gunicorn.error").info("Booting worker with pid: %s", "77")
        try:
            raise ZeroDivisionError
        except ZeroDivisionError:
            logging.getLogger("gunicorn.error").exception("Worker %d failed in %s", 77, "place")
    assert "Booting worker with pid: 77" in caplog.text
    assert "Worker 77 failed in …" in caplog.text
