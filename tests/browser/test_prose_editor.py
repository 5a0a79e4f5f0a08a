"""The prose editor in a real browser, on a page of its own under the desk's policy."""

from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlencode

import pytest
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.csp import csp_override

from reviews.markup import render
from reviews.prose import ProseFormField

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

PAGE = """<!doctype html><html lang="en"><title>Prose</title><link rel="icon" href="data:,">
{% csp_nonce_attr form.media %}
<form method="post" action="/">{% csrf_token %}{{ form.as_div }}<button id="save">Save</button></form>"""


class ProseForm(forms.Form):
    body = ProseFormField(label="Body", required=False, help_text="What happened.")


saved: list[str] = []


@csp_override(settings.SECURE_CSP_DESK)
def write(request):
    form = ProseForm(request.POST or None, initial={"body": request.GET.get("body", "")})
    if form.is_valid():
        saved.append(form.cleaned_data["body"])
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


urlpatterns = [path("", write)]


@pytest.fixture
def editor(page):
    """Opens the editor on some prose and gives its editing area."""

    def opened(body=""):
        saved.clear()
        page.goto(f"/?{urlencode({'body': body})}")
        # The toolbar comes last: before it, the editor still throws away what is typed.
        page.get_by_role("toolbar").wait_for()
        return page.get_by_role("textbox", name="Body")

    return opened


@pytest.fixture
def save(page):
    def pressed():
        with page.expect_navigation():
            page.locator("#save").click()
        page.get_by_role("toolbar").wait_for()
        return saved[-1]

    return pressed


def paste(area, html):
    area.evaluate(
        """(element, html) => {
            const data = new DataTransfer()
            data.setData("text/html", html)
            element.focus()
            element.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}))
        }""",
        html,
    )


def button(page, name):
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=False)


def test_words_are_marked_as_a_spoiler_with_the_button(page, editor, save):
    area = editor("<p>Rouge wins.</p>")

    area.press("Control+a")
    button(page, "Spoiler: hide these words").click()

    assert save() == '<p><span class="spoiler">Rouge wins.</span></p>'


def test_words_are_marked_as_a_spoiler_with_the_keyboard(editor, save):
    area = editor()

    area.press_sequentially("Rouge ")
    area.press("Control+Shift+h")
    area.press_sequentially("wins")
    area.press("Control+Shift+h")
    area.press_sequentially(" again.")

    assert save() == '<p>Rouge <span class="spoiler">wins</span> again.</p>'


def test_paragraphs_go_into_a_spoiler_block_and_out_again(page, editor, save):
    area = editor("<p>One</p><p>Two</p>")

    area.press("Control+a")
    button(page, "Spoiler block").click()
    assert button(page, "Spoiler block").get_attribute("aria-pressed") == "true"
    assert button(page, "Spoiler: hide these words").get_attribute("aria-disabled") == "true"
    assert save() == '<div class="spoiler"><p>One</p><p>Two</p></div>'

    area.press("Control+a")
    area.press("Control+Alt+h")
    assert save() == "<p>One</p><p>Two</p>"


@pytest.mark.parametrize(
    "body",
    [
        '<p>He <span class="spoiler">lives <a href="https://a.example/" rel="noopener">on</a></span>.</p>',
        '<div class="spoiler"><p>She</p><ul><li><p>does</p></li></ul></div>',
        '<p><span lang="ja">赤</span> <ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>',
        '<p><span lang="ko">빨강</span></p>',
        "<h2>Two</h2><h3>Three</h3><h4>Four</h4><hr><blockquote><p>q<br>r</p></blockquote>",
        '<ol start="3"><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>',
        '<p><strong>a<em>b<s>c</s></em></strong> <code>d</code> <a href="/series/x/">e</a></p>',
    ],
)
def test_the_editor_keeps_all_that_prose_may_hold(editor, save, body):
    area = editor(body)

    # The editor writes its own HTML back on the first change.
    area.press("x")
    area.press("Control+z")

    assert save() == body


def test_the_toolbar_is_real_buttons_and_the_area_is_named_and_spelled(page, editor):
    area = editor()

    names = [item.get_attribute("aria-label") for item in page.get_by_role("toolbar").locator("button").all()]
    for name in (
        "bold",
        "italic",
        "heading 2",
        "heading 3",
        "heading 4",
        "insert link",
        "blockquote",
        "undo",
    ):
        assert name in names
    assert len(names) == len(set(names))
    assert page.get_by_role("toolbar").locator("[popover]").count() == 0
    assert area.get_attribute("spellcheck") != "false"
    assert area.get_attribute("aria-describedby") == "id_body_helptext"


def test_the_one_style_that_the_editor_injects_is_the_one_the_policy_names(page, editor):
    editor()

    injected = page.locator("style").all_text_contents()

    digests = [b64encode(sha256(style.encode()).digest()).decode() for style in injected]
    assert [f"'sha256-{digest}'" for digest in digests] == [settings.PROSE_EDITOR_STYLE_HASH]


def test_two_blocks_of_spoilers_are_opened_at_once(editor, save):
    area = editor('<div class="spoiler"><p>a</p></div><p>b</p><div class="spoiler"><p>c</p></div>')

    area.press("Control+a")
    area.press("Control+Alt+h")

    assert save() == "<p>a</p><p>b</p><p>c</p>"


def test_japanese_is_marked_with_its_language(page, editor, save):
    area = editor("<p>赤</p>")

    area.press("Control+a")
    button(page, "Japanese").click()

    assert save() == '<p><span lang="ja">赤</span></p>'


def test_google_docs_bold_wrapper_and_redirects_leave_plain_prose(editor, save):
    area = editor()

    paste(
        area,
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span '
        'style="font-size:11pt;color:#000">Plain </span><span style="font-weight:700">bold</span> <span '
        'style="font-style:italic">fair</span> <a style="text-decoration:none" '
        'href="https://www.google.com/url?q=https://a.example/b&amp;sa=D">link</a></p></b>',
    )

    assert save() == (
        "<p>Plain <strong>bold</strong> <em>fair</em> "
        '<a href="https://a.example/b" rel="noopener">link</a></p>'
    )


def test_words_pseudo_lists_become_lists(editor, save):
    area = editor()

    paste(
        area,
        "<p class=MsoNormal>Before</p>"
        "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>"
        "</span><![endif]>One</p>"
        "<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'>o&nbsp; Nested</p>"
        "<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'>· Two</p>"
        "<p class=MsoNormal>Between</p>"
        "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>1. First</p>",
    )

    assert save() == (
        "<p>Before</p><ul><li><p>One</p><ul><li><p>Nested</p></li></ul></li><li><p>Two</p></li></ul>"
        "<p>Between</p><ol><li><p>First</p></li></ol>"
    )


def test_spoilers_copied_from_the_public_page_stay_spoilers_and_pictures_stay_away(editor, save):
    area = editor()

    paste(
        area,
        render('<p>a <span class="spoiler">b</span> c</p><div class="spoiler"><p>d</p></div>')
        + '<img src="https://a.example/x.png">',
    )

    assert save() == '<p>a <span class="spoiler">b</span> c</p><div class="spoiler"><p>d</p></div>'
