"""The Nu HTML checker over all pages at once. It is a Java program that npm brings (`make audit`)."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.audit.answers import Answer, Finding

ROOT = Path(__file__).resolve().parents[2]
FOUND = sorted((ROOT / ".tools").glob("vnu-jar@*/node_modules/vnu-jar/build/dist/vnu.jar"))
INSTALL_JAVA = "there is no Java; install one: apt-get install default-jre-headless"
INSTALL_CHECKER = "the Nu HTML checker isn't there; `make audit` fetches it"


def missing() -> str:
    """What keeps the checker from running, in one line; empty if nothing does."""
    if not FOUND:
        return INSTALL_CHECKER
    return "" if shutil.which("java") else INSTALL_JAVA


def html_findings(answers: Iterable[Answer]) -> list[Finding]:
    """Its errors, and not its warnings."""
    with tempfile.TemporaryDirectory(prefix="eyecatch-html-") as folder:
        paths = {}
        for number, answer in enumerate(answers):
            file = Path(folder) / f"{number}.html"
            file.write_bytes(answer.body)
            paths[file.name] = answer.path
        if not paths:
            return []
        messages = _messages([os.fspath(Path(folder) / name) for name in paths])
    return [
        Finding(
            paths.get(message.get("url", "").rpartition("/")[2], "?"),
            "html",
            f"line {message.get('lastLine', '?')}: {message['message']} {message.get('extract', '')}",
        )
        for message in messages
        if message["type"] != "info"
    ]


def _messages(files: list[str]) -> list[dict[str, str]]:
    command = ["java", "-Xss1m", "-jar", os.fspath(FOUND[-1]), "--stdout", "--format", "json"]
    done = subprocess.run(
        [*command, "--exit-zero-always", *files], capture_output=True, text=True, check=True
    )
    messages: list[dict[str, str]] = json.loads(done.stdout)["messages"]
    return messages
