"""Filling in the desk's forms as a browser would: from the page itself."""

from lxml import html


def fields_of(response):
    """What the page's main form would post, untouched: a dict of lists by name."""
    page = html.fromstring(response.content.decode())
    beside = page.xpath('//form[@id="logout-form"] | //*[@data-unsaved]//form')
    others = [form for form in page.forms if form not in beside and form.method == "POST"]
    # A change form is named after its model; small forms may stand above it.
    form = next((form for form in others if form.get("id", "").endswith("_form")), others[0])
    for empty in form.xpath('.//input[@type="radio" and @value=""]'):
        empty.drop_tree()  # lxml would post "on" for it; a field that isn't posted is empty too
    data: dict = {}
    for name, value in form.form_values():
        if "__prefix__" not in name:
            data.setdefault(name, []).append(value)
    return data


def opened(client, review):
    """The review's form as it stands when opened now."""
    response = client.get(address_of(review))
    assert response.status_code == 200
    return fields_of(response)


def address_of(review):
    return f"/desk/reviews/review/{review.pk}/change/"


def sentences(response):
    return [str(message) for message in response.context["messages"]]
