"""What readers get from every surface at an instant, to be compared between worlds."""

import time_machine
from django.test import Client

from coverage.site import surfaces

# Each answer has its own, whatever it says.
OF_THE_REQUEST = {"X-Request-ID"}


def answer(address, at, client=None, method="GET"):
    """(status, headers, body) of `address` at `at`, to a reader who has been nowhere before."""
    with time_machine.travel(at, tick=False):
        response = (client or Client()).generic(method, address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name not in OF_THE_REQUEST}
    return response.status_code, headers, body


def addresses(at, *names):
    """Every public address at `at`, of all surfaces or of those named."""
    with time_machine.travel(at, tick=False):
        return [
            address
            for surface in surfaces.every()
            if not names or surface.name in names
            for address in surface.addresses(at)
        ]


def sweep(at, paths):
    return {path: answer(path, at) for path in paths}


def differences(before, after):
    """The addresses that answer otherwise."""
    return {path for path in before if before[path] != after[path]}


def bodies(answers):
    return "\n".join(body.decode("utf-8", "replace") for _status, _headers, body in answers.values())
