"""Requests that leave the house: to whom they may go, and how little the other side can do to us."""

import ipaddress
import socket
import ssl
import subprocess
import time
from threading import Thread

import pytest

from coverage.newsroom import outgoing
from coverage.newsroom.outgoing import Line, NoAnswer, NotAllowed, Request, Unreachable, may_be_asked
from tests.receiver import HUGE, listening

HERE = [ipaddress.ip_network("127.0.0.0/8")]


@pytest.fixture(scope="module")
def receiver():
    with listening() as receiver:
        yield receiver
        receiver.log.clear()


@pytest.fixture(autouse=True)
def hurried(receiver, monkeypatch):
    receiver.log.clear()
    monkeypatch.setattr(outgoing, "READ_SECONDS", 0.3)


def ask(receiver, path, seconds=5.0, **what):
    request = Request(receiver.origin + path, **what)
    with Line(request.url, HERE, seconds) as line:
        return line.ask(request)


def test_a_request_arrives_as_it_was_meant(receiver):
    answer = ask(receiver, "/told?of=1#x", body=b"{}", headers={"Idempotency-Key": "k"})

    (got,) = receiver.log
    assert answer.status == 204
    assert (got.method, got.path, got.body) == ("POST", "/told?of=1", b"{}")
    assert got.headers["host"] == receiver.origin.removeprefix("http://")
    assert got.headers["idempotency-key"] == "k"
    assert got.headers["user-agent"].startswith("Eyecatch (+http")


def test_a_redirect_is_an_answer_and_not_followed(receiver):
    receiver.answers.append((302, {"Location": "/elsewhere"}))

    assert ask(receiver, "/").status == 302
    assert [got.path for got in receiver.log] == ["/"]


@pytest.mark.parametrize("path", ["/hang", "/drip", "/drop"])
def test_who_never_answers_is_left_in_time(receiver, path):
    started = time.monotonic()

    with pytest.raises(NoAnswer):
        ask(receiver, path, seconds=1.0)

    assert len(receiver.log) == 1
    assert time.monotonic() - started < 10


def test_of_a_hundred_megabytes_only_the_beginning_is_read(receiver):
    answer = ask(receiver, "/huge")

    assert answer.status == 500
    assert len(answer.words) == outgoing.MOST_BYTES < HUGE


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "ff02::1", "::", "::ffff:10.0.0.1",
     "64:ff9b::a00:1", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:f5ff:fffe"],
)  # fmt: skip
def test_what_isnt_out_on_the_internet_may_not_be_asked(address):
    assert not may_be_asked(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::6810:84e5", "64:ff9b::5db8:d70e"])
def test_what_is_out_there_may(address):
    assert may_be_asked(ipaddress.ip_address(address))


def test_a_private_address_may_be_asked_where_its_network_is_allowed():
    allowed = [ipaddress.ip_network("10.0.0.0/8")]

    assert may_be_asked(ipaddress.ip_address("10.1.2.3"), allowed)
    assert not may_be_asked(ipaddress.ip_address("192.168.0.1"), allowed)


def test_a_private_address_is_refused_before_anything_is_sent(receiver):
    with pytest.raises(NotAllowed, match=r"127\.0\.0\.1"), Line(receiver.origin):
        pass

    assert receiver.log == []


def lookups(monkeypatch, *answers):
    """A name whose address is another one each time that it is looked up."""
    left, really = list(answers), socket.getaddrinfo

    def looked_up(host, port, *how, **more):
        if host[0].isdigit():
            return really(host, port, *how, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (left.pop(0), port))]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return left


def test_a_name_that_turns_private_after_the_look_is_asked_where_it_was_looked_up(monkeypatch):
    left = lookups(monkeypatch, "93.184.215.14", "127.0.0.1")
    asked = []

    def connect(_socket, address):
        asked.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)

    with pytest.raises(Unreachable), Line("http://rebinding.example/"):
        pass

    assert asked == ["93.184.215.14"]
    assert left == ["127.0.0.1"]


def test_the_host_is_named_though_an_address_is_asked(receiver, monkeypatch):
    lookups(monkeypatch, "127.0.0.1")
    port = receiver.origin.rpartition(":")[2]
    request = Request(f"http://hooks.example:{port}/")

    with Line(request.url, HERE) as line:
        line.ask(request)

    assert receiver.log[0].headers["host"] == f"hooks.example:{port}"


def test_where_nobody_listens_nothing_was_sent(receiver):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

    with pytest.raises(Unreachable), Line(f"http://127.0.0.1:{port}/", HERE):
        pass


def test_a_name_that_nobody_knows_is_no_error_of_ours(monkeypatch):
    def unknown(*_args, **_more):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(Unreachable, match="not known"), Line("https://nowhere.example/"):
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout"]
    command += [folder / "key.pem", "-out", folder / "cert.pem", "-subj", "/CN=hooks.example"]
    command += ["-addext", "subjectAltName=DNS:hooks.example"]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl makes the certificate: apt-get install openssl")
    return folder


@pytest.fixture
def server(certificate, monkeypatch):
    """Shakes hands once, and tells which name it was asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    asked_for: list = []
    context.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    trusting = ssl.create_default_context(cafile=certificate / "cert.pem")
    monkeypatch.setattr(outgoing, "_tls", lambda: trusting)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=shake_hands, args=(listener, context))
        thread.start()
        yield listener.getsockname()[1], asked_for
        thread.join()


def shake_hands(listener, context):
    plain, _from = listener.accept()
    try:
        with context.wrap_socket(plain, server_side=True) as encrypted:
            encrypted.recv(1000)
            encrypted.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
    except OSError:
        plain.close()


def test_over_tls_the_certificate_of_the_host_that_was_named_is_believed(server, monkeypatch):
    port, asked_for = server
    lookups(monkeypatch, "127.0.0.1")
    request = Request(f"https://hooks.example:{port}/")

    with Line(request.url, HERE) as line:
        assert line.ask(request).status == 204

    assert asked_for == ["hooks.example"]


def test_over_tls_anybody_elses_is_not(server, monkeypatch):
    port, _asked_for = server
    lookups(monkeypatch, "127.0.0.1")

    with pytest.raises(Unreachable, match="SSL"), Line(f"https://other.example:{port}/", HERE):
        pass
