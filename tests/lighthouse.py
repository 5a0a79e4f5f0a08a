"""`make lighthouse`: Lighthouse's mobile preset on the demo newsroom, the median of five runs of each page.

Prints a table, writes it into docs/quality.md, and exits with 1 where a page misses what is promised.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from tests.audit.answers import Site
from tests.browser.chromium import ARGUMENTS, INSTALL, find_chromium
from tests.demo_site import ROOT, DemoSite, served

QUALITY = ROOT / "docs" / "quality.md"
BEGIN, END = "<!-- lighthouse -->", "<!-- end of lighthouse -->"
FOUND = sorted((ROOT / ".tools").glob("lighthouse@*/node_modules/lighthouse/cli/index.js"))
RUNS = 5
VISITS_BEFORE = 8
# Now and then Chromium records no start of the navigation, and Lighthouse gives up.
TRIES = 5

CATEGORIES = {
    "performance": 0.99,
    "accessibility": 1.0,
    "best-practices": 1.0,
    "seo": 1.0,
    "agentic-browsing": 1.0,
}
LARGEST_PAINT = 1200.0
# What only serves one reader's question is kept out of search engines.
NOT_INDEXED = ("search",)


@dataclass(frozen=True)
class Result:
    """One page's medians: scores from 0 to 1, the largest paint in ms, bytes, requests; what cost points."""

    page: str
    scores: dict[str, float]
    paint: float
    size: float
    requests: float
    failed: list[str]

    @property
    def misses(self) -> list[str]:
        """What it doesn't keep, a line each."""
        low = [
            f"{self.page}: {name} {score * 100:.0f}"
            for name, score in self.scores.items()
            if score < CATEGORIES.get(name, 1.0) and not (name == "seo" and self.page in NOT_INDEXED)
        ]
        slow = [f"{self.page}: largest paint {self.paint:.0f} ms"] if self.paint >= LARGEST_PAINT else []
        return low + slow


def pages(demo: DemoSite) -> dict[str, str]:
    """The paths to measure; of the seasons, the one with the most on it."""
    site = Site(demo.address)
    season = max(demo.addresses("site:season"), key=lambda path: len(site.get(path).body))
    search = urlsplit(demo.addresses("site:search")[0]).path
    return {name: demo.shown[name] for name in ("front", "series", "review")} | {
        "season": season,
        "search": f"{search}?q=rouge",
    }


def measured(page: str, url: str, runs: int) -> Result:
    # Each of the server's processes reads its templates once; a picture is made when it is first asked for.
    for _ in range(VISITS_BEFORE):
        urllib.request.urlopen(url).close()
    reports = [report(url) for _ in range(1 + runs)][1:]
    names = list(reports[0]["categories"])

    def middle(audit: str) -> float:
        return float(median(each["audits"][audit]["numericValue"] for each in reports))

    return Result(
        page=page,
        scores={name: median(each["categories"][name]["score"] or 0 for each in reports) for name in names},
        paint=middle("largest-contentful-paint"),
        size=middle("total-byte-weight"),
        requests=median(len(each["audits"]["network-requests"]["details"]["items"]) for each in reports),
        failed=sorted({line for each in reports for line in failures(each)}),
    )


def report(url: str) -> dict[str, Any]:
    command = ["node", os.fspath(FOUND[-1]), url, "--quiet", "--output=json", "--output-path=stdout"]
    command += [f"--chrome-path={find_chromium()}", f"--chrome-flags={' '.join(ARGUMENTS)}"]
    for _ in range(TRIES):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            answer: dict[str, Any] = json.loads(done.stdout)
            return answer
    raise SystemExit(f"Lighthouse failed on {url} {TRIES} times: {done.stderr[-2000:]}")


def failures(answer: dict[str, Any]) -> Iterable[str]:
    """Each audit that cost a category points."""
    for name, category in answer["categories"].items():
        for reference in category["auditRefs"]:
            audit = answer["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.995:
                shown = audit.get("displayValue", "")
                yield f"{name}: {reference['id']} {audit['score']:.2f} {shown}".rstrip()


def table(results: list[Result]) -> str:
    heads = [name.replace("-", " ") for name in results[0].scores]
    lines = [
        f"| page | {' | '.join(heads)} | largest paint | transfer | requests |",
        f"|---|{'--:|' * (len(heads) + 3)}",
    ]
    for each in results:
        scores = " | ".join(
            "exempt" if name == "seo" and each.page in NOT_INDEXED else f"{score * 100:.0f}"
            for name, score in each.scores.items()
        )
        lines.append(
            f"| {each.page} | {scores} | {each.paint / 1000:.2f} s "
            f"| {each.size / 1024:.0f} KB | {each.requests:.0f} |"
        )
    return "\n".join(lines)


def write(text: str, path: Path = QUALITY) -> None:
    """Put the table between its marks."""
    page = path.read_text()
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    path.write_text(pattern.sub(lambda _found: f"{BEGIN}\n{text}\n{END}", page))


def main() -> int:
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help=f"of each page ({RUNS})")
    parser.add_argument(
        "--only", default="", help="pages whose name holds this; docs/quality.md stays as it is"
    )
    given = parser.parse_args()
    if not FOUND:
        print("Lighthouse isn't there; make lighthouse fetches it.", file=sys.stderr)
        return 2
    if find_chromium() is None:
        print(f"There is no Chromium; {INSTALL}", file=sys.stderr)
        return 2
    results = []
    with served() as demo:
        for page, path in pages(demo).items():
            if given.only in page:
                results.append(measured(page, demo.url(path), given.runs))
                print(f"{page}  {path}", *results[-1].failed, sep="\n  ", file=sys.stderr, flush=True)
    print(table(results))
    if not given.only:
        write(table(results))
    misses = [miss for each in results for miss in each.misses]
    print(*misses, sep="\n")
    return int(bool(misses))


if __name__ == "__main__":
    raise SystemExit(main())
