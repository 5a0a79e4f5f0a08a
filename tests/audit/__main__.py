"""`make audit`: over every registered surface of the demo newsroom, everything that can be found wrong.

Prints how many pages of each kind were visited and each finding on a line; exits with 1 if there is one.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.audit.answers import Answer, Finding, Site
from tests.audit.browsing import SCHEMES, WIDTHS, Look, browse
from tests.audit.feeds import feed_findings
from tests.audit.html_checker import html_findings, missing
from tests.audit.links import link_findings, variants
from tests.audit.page_data import page_data_findings
from tests.browser.chromium import INSTALL, find_chromium
from tests.demo_site import DemoSite, SurfaceFound, served

PAGES, VARIANTS = 12, 4
# Of renditions there are hundreds, and each is made when it is first asked for.
FILES = 40
# A phone for a reader who has doubled the type: a page has only to fit.
NARROWEST = 195
# Beside the surfaces: what a reader gets who went astray.
ASTRAY = "astray"


@dataclass
class Walk:
    """One surface: how many addresses it has, its answers, and what of it is looked at in a browser."""

    name: str
    addresses: int = 0
    answers: list[Answer] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(answer.body) for answer in self.answers)


def walk(site: Site, surface: SurfaceFound, most: int) -> Walk:
    """Ask every address of a surface; choose `most` of its pages, and some of their variants, to look at."""
    say(f"asking {surface.name}")
    taken = Walk(surface.name, len(surface.addresses))
    asked = spread(surface.addresses, FILES) if surface.kind == "file" else surface.addresses
    taken.answers = site.get_all(asked)
    if not taken.answers:
        taken.findings.append(Finding(surface.name, "empty", "the demo has no page of this kind"))
    for answer in taken.answers:
        taken.findings += answer_findings(answer)
    pages = [answer for answer in taken.answers if answer.is_page]
    chosen = spread([answer.path for answer in pages], most)
    asked_otherwise = dict.fromkeys(path for answer in pages for path in variants(answer, site))
    others = site.get_all(spread(list(asked_otherwise), VARIANTS))
    for answer in others:
        taken.findings += answer_findings(answer)
    taken.answers += others
    taken.looks = [Look(path, narrowest=NARROWEST) for path in (*chosen, *(answer.path for answer in others))]
    return taken


def answer_findings(answer: Answer) -> list[Finding]:
    """What one answer says about itself."""
    if answer.moves_to:
        return []  # where it leads is the links' matter
    found = []
    if answer.status != 200:
        found.append(Finding(answer.path, "status", f"answered {answer.status}"))
    if not answer.body.strip():
        found.append(Finding(answer.path, "empty", "nothing came"))
    elif answer.is_page:
        found += page_data_findings(answer)
    elif answer.media_type.endswith(("xml", "json")):
        found += feed_findings(answer)
    return found


def walk_astray(site: Site, demo: DemoSite) -> Walk:
    """The pages for what isn't there, and for what is there no more."""
    expected = {"/no-such-page/": 404, demo.shown["gone"]: 410}
    taken = Walk(ASTRAY, len(expected), answers=[site.get(path) for path in expected])
    taken.looks = [Look(path, status, narrowest=NARROWEST) for path, status in expected.items()]
    return taken


def spread[T](things: list[T], count: int) -> list[T]:
    """At most `count` of them, evenly from the first to the last."""
    if len(things) <= count:
        return things
    return [things[place * (len(things) - 1) // max(count - 1, 1)] for place in range(count)]


def audit(demo: DemoSite, most: int) -> list[Walk]:
    site = Site(demo.address)
    walks = [walk(site, surface, most) for surface in demo.surfaces] + [walk_astray(site, demo)]
    answers = [answer for each in walks for answer in each.answers]
    say(f"{len(answers)} answers read; following their links")
    with ThreadPoolExecutor(1) as beside:
        # It is one process of its own, and takes a while.
        checked = beside.submit(html_findings, [answer for answer in answers if answer.is_page])
        give(walks, link_findings(site, answers))
        look_at_pages(demo, walks)
        give(walks, checked.result())
    return walks


def look_at_pages(demo: DemoSite, walks: list[Walk]) -> None:
    looks = [look for each in walks for look in each.looks]
    say(f"looking at {len(looks)} pages at {', '.join(map(str, WIDTHS))} px, {' and '.join(SCHEMES)}")
    done = 0
    for count, found in browse(demo.address, looks):
        give(walks, found)
        done += count
        say(f"  {done} of {len(looks)}")


def give(walks: list[Walk], findings: Iterable[Finding]) -> None:
    """Each finding to the surface whose page it was found on."""
    of = {answer.path: each for each in walks for answer in each.answers}
    for finding in findings:
        of.get(finding.where, walks[-1]).findings.append(finding)


def table(walks: list[Walk]) -> str:
    head = f"{'kind':<24}{'addresses':>10}{'answers':>9}{'in a browser':>14}{'KB':>9}{'findings':>10}"
    rows = [
        f"{each.name:<24}{each.addresses:>10}{len(each.answers):>9}{len(each.looks):>14}"
        f"{each.size / 1024:>9.0f}{len(each.findings):>10}"
        for each in walks
    ]
    return "\n".join([head, *rows])


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help=f"of a kind, in a browser ({PAGES})")
    parser.add_argument("--only", default="", help="surfaces whose name holds this")
    given = parser.parse_args()
    if what := missing() or (f"There is no Chromium; {INSTALL}" if find_chromium() is None else ""):
        say(what)
        return 2
    started = time.monotonic()
    # At this width no rendition is dear to make, and a page shows what it would show of larger pictures.
    with served(picture_width=960, packed=False) as demo:
        chosen = [surface for surface in demo.surfaces if given.only in surface.name]
        walks = audit(DemoSite(demo.address, chosen, demo.shown), given.pages)
    print(table(walks))
    findings = sorted({finding for each in walks for finding in each.findings})
    print(*findings, sep="\n")
    kinds = ", ".join(f"{count} {check}" for check, count in Counter(each.check for each in findings).items())
    print(f"{len(findings)} findings{f' ({kinds})' if kinds else ''} in {time.monotonic() - started:.0f} s")
    return int(bool(findings))


if __name__ == "__main__":
    raise SystemExit(main())
