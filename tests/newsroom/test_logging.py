import json
import logging

from django.http import HttpResponse

from coverage.newsroom.logging import JsonFormatter, RequestIdFilter, current_request_id, request_id


def make_record(message="hello", **extra):
    record = logging.makeLogRecord({"name": "eyecatch", "levelname": "INFO", "msg": message, **extra})
    RequestIdFilter().filter(record)
    return record


def answer(rf, **headers):
    """The response of a view that answers with its own request id."""
    return request_id(lambda request: HttpResponse(current_request_id.get()))(rf.get("/", headers=headers))


def test_a_request_gets_an_id_that_its_logs_and_its_answer_share(rf):
    response = answer(rf)

    assert response.headers["X-Request-ID"] == response.content.decode()
    assert len(response.content) == 32


def test_two_requests_have_two_ids(rf):
    assert answer(rf).content != answer(rf).content


def test_a_plain_id_from_the_proxy_is_kept(rf):
    assert answer(rf, x_request_id="edge-12345678").content == b"edge-12345678"


def test_an_odd_id_from_outside_is_not_written_into_the_logs(rf):
    for odd in ("short", "x" * 65, "new\nline-in-it", '{"forged": true}'):
        assert answer(rf, x_request_id=odd).content.decode() != odd


def test_outside_of_a_request_there_is_no_id(rf):
    answer(rf)

    assert make_record().request_id == "-"


def test_what_is_told_after_the_answer_still_names_its_request(rf):
    request = rf.get("/")

    response = request_id(lambda request: HttpResponse(status=404))(request)

    assert make_record(request=request).request_id == response.headers["X-Request-ID"]


def test_an_event_is_one_line_of_json_whatever_it_says():
    line = JsonFormatter().format(make_record("two\nlines, 二行", slug="a-b"))

    assert "\n" not in line
    event = json.loads(line)
    assert event["message"] == "two\nlines, 二行"
    assert event["slug"] == "a-b"
    assert event["at"].endswith("+00:00")


def test_an_extra_never_replaces_a_field_of_the_event():
    event = json.loads(JsonFormatter().format(make_record(level="forged")))

    assert event["level"] == "INFO"
