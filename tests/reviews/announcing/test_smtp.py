"""A real conversation with a mail server on this machine, and what is believed of how it ends."""

import socketserver
from contextlib import contextmanager
from threading import Thread

import pytest
from django.core.mail import EmailMessage

from coverage import environment
from reviews.announcing.parcels import Refused, Unreachable
from reviews.announcing.posting import Mailbox

MESSAGE = EmailMessage("Late", "A piece is late.", "desk@reviews.example", ["ida@desk.example"])


class Server(socketserver.StreamRequestHandler):
    """Says yes to everything but what `answers` has for a command; None hangs up."""

    answers: dict = {}
    taken: list = []

    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            command = line.partition(" ")[0].upper()
            if not self.reply(command, "354 go on" if command == "DATA" else "250 yes"):
                return
            if command == "DATA" and "DATA" not in self.answers:
                self.taken.append(self.letter())
                if not self.reply("END", "250 taken"):
                    return
            if command == "QUIT":
                return

    def letter(self):
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        return "".join(lines)

    def reply(self, command, usual):
        answer = self.answers.get(command, usual)
        if answer is not None:
            self.say(answer)
        return answer is not None

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def serving(settings, monkeypatch, **answers):
    """A server with these answers is the mailer; gives what it has taken."""
    handler = type("Handler", (Server,), {"answers": answers, "taken": []})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("TRIED", f"smtp+plain://127.0.0.1:{server.server_address[1]}")
        settings.MAILERS = environment.mailers("TRIED", default="", help="", shown="")
        yield handler.taken
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def own_register(monkeypatch):
    """A variable read by a test doesn't get into the README's table."""
    monkeypatch.setattr(environment, "register", dict(environment.register))


def hand_over():
    with Mailbox(MESSAGE) as mailbox:
        mailbox.hand_over()


def test_a_server_that_takes_it_has_it_once(settings, monkeypatch):
    with serving(settings, monkeypatch) as taken:
        hand_over()

    (letter,) = taken
    assert "Subject: Late" in letter
    assert "A piece is late." in letter


@pytest.mark.parametrize(
    ("answers", "for_good"),
    [
        ({"MAIL": "451 later"}, False),
        ({"RCPT": "450 busy"}, False),
        ({"RCPT": "550 nobody"}, True),
        ({"DATA": "554 no"}, True),
        ({"END": "452 full"}, False),
    ],
)
def test_a_server_that_says_no_surely_hasnt_got_it(settings, monkeypatch, answers, for_good):
    with serving(settings, monkeypatch, **answers), pytest.raises(Refused) as refused:
        hand_over()

    assert refused.value.for_good is for_good


def test_what_a_server_says_of_an_address_is_told_without_the_address(settings, monkeypatch):
    said = "550 <ida@desk.example>: no such mailbox"
    with serving(settings, monkeypatch, RCPT=said), pytest.raises(Refused) as refused:
        hand_over()

    assert str(refused.value) == "550 <…>: no such mailbox"


@pytest.mark.parametrize(
    ("said", "nobody"),
    [
        ("550 nobody", True),
        ("550 5.1.1 nobody", True),
        ("550 5.1.10 nobody", True),
        ("553 5.1.3 what is that", True),
        ("550 5.7.1 no relaying", False),
        ("550 5.1.8 whoever sends it isn't known", False),
        ("554 go away", False),
        ("552 5.2.2 full", False),
        ("450 4.1.1 perhaps nobody", False),
    ],
)
def test_no_such_address_is_told_from_what_would_be_said_of_every_address(
    settings, monkeypatch, said, nobody
):
    with serving(settings, monkeypatch, RCPT=said), pytest.raises(Refused) as refused:
        hand_over()

    assert refused.value.nobody_there is nobody


def test_a_server_that_hangs_up_after_it_has_the_letter_leaves_it_open(settings, monkeypatch):
    with serving(settings, monkeypatch, END=None) as taken, pytest.raises(OSError) as broken:
        hand_over()

    assert not isinstance(broken.value, Refused)
    assert len(taken) == 1


def test_a_server_that_wont_talk_is_as_if_it_were_not_there(settings, monkeypatch):
    with serving(settings, monkeypatch, EHLO=None) as taken, pytest.raises(Unreachable):
        hand_over()

    assert taken == []


def test_where_nobody_listens_there_is_no_server(settings, monkeypatch):
    with serving(settings, monkeypatch):
        pass

    with pytest.raises(Unreachable):
        hand_over()
