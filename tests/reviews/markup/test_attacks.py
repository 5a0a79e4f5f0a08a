import json
import os
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given

from reviews.markup import render, sanitise, without_spoilers
from tests.reviews.markup.prose import markup

# The public lists of payloads lie beside the checkout where there are any; our own are always tried.
LISTS = Path(os.environ.get("ATTACK_LISTS", Path(__file__).parents[4] / "shared" / "data" / "attacks"))
OURS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="&#1;javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<a href='https://a.example/\"onmouseover=\"alert(1)'>x</a>",
    '<span class="spoiler" onclick="alert(1)" style="x:expression(alert(1))">x</span>',
    '<span lang="&quot;><script>alert(1)</script>">x</span>',
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    '<div class="spoiler"><iframe srcdoc="<script>alert(1)</script>"></iframe>x</div>',
    '<base href="//evil.example"><meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "<<script>script>alert(1)<</script>/script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<textarea><img title="</textarea><img src onerror=alert(1)>">',
    '<xmp><p title="</xmp><img src onerror=alert(1)>">',
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<p><style><!--</style><script>alert(1)//--></script>",
    "<template><script>alert(1)</script></template>",
]
TAGS = {"p", "h2", "h3", "h4", "strong", "em", "s", "code", "a", "ul", "ol", "li", "blockquote", "br", "hr"}
TAGS |= {"span", "div", "ruby", "rt", "rp", "details", "summary", "main"}
ATTRIBUTES = {"href", "rel", "lang", "class", "start", "role", "aria-level"}
CLASSES = {"spoiler", "spoiler-inline", "spoiler-block", "spoiler-text", "paragraph", "heading", "withheld"}


def assert_harmless(html):
    for element in lxml.html.fromstring(f"<main>{html}</main>").iter():
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        assert set(element.get("class", "").split()) <= CLASSES
        assert element.get("href", "/").startswith(("http://", "https://", "mailto:", "/"))


def assert_every_form_is_harmless(payload):
    stored = sanitise(payload)

    assert sanitise(stored) == stored
    for html in (stored, render(stored), without_spoilers(stored)):
        assert_harmless(html)


@pytest.mark.parametrize("payload", OURS)
def test_our_own_attacks_do_no_harm(payload):
    assert_every_form_is_harmless(payload)
    assert_harmless(render(payload))
    assert_harmless(without_spoilers(payload))


@given(markup())
def test_no_markup_does_harm(html):
    assert_every_form_is_harmless(html)


@pytest.mark.parametrize("name", ["xss-payloads.txt", "blns.json"])
def test_no_attack_from_the_public_lists_does_harm(name):
    path = LISTS / name
    if not path.exists():
        pytest.skip(f"the list {name} is not here; name its folder in ATTACK_LISTS")
    text = path.read_text(encoding="utf-8", errors="replace")
    payloads = json.loads(text) if name.endswith(".json") else text.splitlines()

    assert len(payloads) > 400
    for payload in payloads:
        assert_every_form_is_harmless(payload)
        assert_every_form_is_harmless(
            f'<p>a <span class="spoiler">{payload}</span> <a href="{payload}">b</a></p>'
        )


@pytest.mark.parametrize(
    "harm",
    ["<script>x</script>", '<p onclick="x">a</p>', '<p style="x">a</p>', '<a href="javascript:x">a</a>'],
)
def test_the_check_itself_sees_harm(harm):
    with pytest.raises(AssertionError):
        assert_harmless(harm)
