"""Stills from the desk's form to the readers' page, in a real browser."""

from base64 import b64encode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coverage.newsroom.models import Picture
from coverage.newsroom.roles import Role
from reviews.models import Release, Review
from tests.browser.chromium import settled
from tests.factories import make_image, make_live_review, make_review, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]

FILES = """(element, [kind, files]) => {
  const data = new DataTransfer()
  for (const [name, type, base64] of files) {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
    data.items.add(new File([bytes], name, { type }))
  }
  const { left, top, width } = element.lastElementChild.getBoundingClientRect()
  const at = { clientX: left + width / 2, clientY: top + 3, bubbles: true, cancelable: true }
  element.focus()
  const event =
    kind === "paste"
      ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true })
      : new DragEvent("drop", { dataTransfer: data, ...at })
  element.dispatchEvent(event)
}"""


def file(name, content, kind="image/png"):
    return [name, kind, b64encode(content).decode()]


def picture(name, colour):
    return file(name, make_image(size=(640, 360), colour=colour))


SVG = file("odd.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")


@pytest.fixture
def chief(sign_in):
    user = make_user(Role.CHIEF)
    sign_in(user)
    return user


@pytest.fixture
def area(page, chief):
    """The introduction's editor on the form of a piece that is planned for the past."""
    opened = []

    def open_form(review):
        page.goto(f"/desk/reviews/review/{review.pk}/change/")
        page.get_by_role("toolbar").first.wait_for()
        opened.append(review)
        return page.get_by_role("textbox", name="Introduction")

    return open_form


def send(area, kind, *files):
    area.evaluate(FILES, [kind, list(files)])


def stills(area):
    return area.locator(".still-edit:has(img)")


def fill(still, alt, **more):
    still.get_by_label("What it shows").fill(alt)
    for label, text in more.items():
        still.get_by_label(label.capitalize()).fill(text)


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


def test_stills_go_from_the_desktop_to_the_page(page, area, assert_accessible, assert_fits):
    review = make_review(make_series("Ferry"), introduction="<p>First.</p><p>Last.</p>")
    text = area(review)

    send(text, "drop", picture("one.png", "teal"), SVG, picture("two.png", "maroon"))
    text.get_by_role("alert").wait_for()
    stills(text).nth(1).wait_for()
    send(text, "paste", picture("three.png", "navy"))
    stills(text).nth(2).wait_for()
    assert "odd.svg: This is no JPEG" in text.get_by_role("alert").inner_text()

    fill(stills(text).nth(0), "The harbour", caption="At dusk", credit="Studio Kite")
    stills(text).nth(0).get_by_label("Caption").press("Enter")  # sends nothing
    fill(stills(text).nth(1), "Canaryalt", caption="Canarycaption")
    stills(text).nth(1).get_by_label("This spoils").check()
    fill(stills(text).nth(2), "The bridge")
    assert_accessible(".review-form__text")
    assert_fits(390)
    page.set_viewport_size({"width": 1280, "height": 900})
    save(page)

    kept = Review.objects.get(pk=review.pk).introduction
    rows = {row.alt: row for row in Picture.objects.all()}
    assert set(rows) == {"The harbour", "Canaryalt", "The bridge"}
    assert rows["Canaryalt"].spoils
    order = [f'data-picture="{rows[alt].pk}"' for alt in ("The harbour", "Canaryalt")]
    assert kept.index(order[0]) < kept.index(order[1])
    assert kept.count("<figure") == 3

    page.get_by_role("toolbar").first.wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Approve").first.click()
    assert Release.objects.get().edition.stills.count() == 3


def test_readers_get_a_spoiling_still_only_when_they_ask(page, assert_accessible, assert_fits, violations):
    shown, hidden = (
        Picture.objects.create(file=_upload(colour), alt=alt, caption=f"{alt} caption", spoils=spoils)
        for colour, alt, spoils in (("teal", "Harbour", False), ("maroon", "Canary", True))
    )
    places = "".join(f'<figure data-picture="{each.pk}"></figure>' for each in (shown, hidden))
    review = make_live_review(introduction=f"<p>First.</p>{places}<p>Last.</p>")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 390, "height": 3000})

    with settled(page):
        page.goto(review.get_absolute_url())

    digest = str(hidden.file.name).split("/")[-1].split(".")[0]
    assert page.get_by_role("img", name="Harbour").is_visible()
    assert not page.get_by_role("img", name="Canary").is_visible()
    assert "Canary" not in page.locator("main").inner_text()
    page.emulate_media(media="print")
    assert "Canary" not in page.locator("main").inner_text()
    page.emulate_media(media="screen")
    assert not [url for url in asked if digest in url]
    assert_fits(320)
    page.set_viewport_size({"width": 390, "height": 3000})

    page.get_by_text("Spoiler: picture").click()

    image = page.get_by_role("img", name="Canary")
    image.wait_for()
    page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())
    assert [url for url in asked if digest in url]
    assert page.get_by_text("Canary caption").is_visible()
    assert not violations
    assert_accessible()


def test_words_that_are_pasted_with_a_picture_of_them_stay_words(page, area):
    text = area(make_review(make_series("Ferry"), introduction="<p>First.</p>"))

    text.evaluate(
        """(element, base64) => {
          const data = new DataTransfer()
          const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
          data.items.add(new File([bytes], "image.png", { type: "image/png" }))
          data.setData("text/html", '<p style="color:red">Copied</p>')
          element.focus()
          element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }))
        }""",
        b64encode(make_image()).decode(),
    )
    save(page)

    assert "Copied" in Review.objects.get().introduction
    assert not Picture.objects.exists()


def test_undoing_takes_a_still_away_and_redoing_brings_it_back(page, area):
    text = area(make_review(make_series("Ferry"), introduction="<p>Only.</p>"))

    send(text, "drop", picture("one.png", "teal"))
    stills(text).first.wait_for()
    text.press("Control+z")
    assert stills(text).count() == 0
    text.press("Control+y")
    stills(text).first.wait_for()
    save(page)

    assert Review.objects.get().introduction == (
        f'<p>Only.</p><figure data-picture="{Picture.objects.get().pk}"></figure>'
    )


def test_files_are_chosen_with_the_button_and_a_form_sent_early_waits_for_them(page, area):
    text = area(make_review(make_series("Ferry"), introduction=""))
    text.click()
    page.route("**/review/stills/", lambda route: (page.wait_for_timeout(500), route.continue_()))

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Pictures: add stills here").first.click()
    assert chooser.value.is_multiple()
    chooser.value.set_files(
        [
            {"name": "one.png", "mimeType": "image/png", "buffer": make_image(colour="teal")},
            {"name": "two.png", "mimeType": "image/png", "buffer": make_image(colour="maroon")},
        ]
    )
    save(page)

    assert Picture.objects.count() == 2
    assert Review.objects.get().introduction.count("<figure") == 2


def test_a_still_is_removed_and_reached_by_keyboard(page, area):
    row = Picture.objects.create(file=_upload("teal"), alt="Harbour")
    text = area(
        make_review(make_series("Ferry"), introduction=f'<p>a</p><figure data-picture="{row.pk}"></figure>')
    )
    stills(text).first.wait_for()

    text.focus()
    for _step in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "Harbour":
            break
    assert page.evaluate("document.activeElement.value") == "Harbour"
    stills(text).get_by_role("button", name="Remove from the text").press("Enter")
    save(page)

    assert Review.objects.get().introduction == "<p>a</p>"
    assert Picture.objects.get() == row


def _upload(colour):
    return SimpleUploadedFile("still.png", make_image(size=(640, 360), colour=colour))
