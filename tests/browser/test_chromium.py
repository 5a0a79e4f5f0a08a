import pytest


def test_the_desk_asks_for_a_login_under_the_strict_policy(page):
    response = page.goto("/desk/")

    assert response.status == 200
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert page.locator("input[name=username]").is_visible()


def test_an_inline_style_and_an_inline_script_are_refused(page, violations):
    page.goto("/desk/")

    page.set_content("<p style='color: red'>x</p><script>document.title = 'ran'</script>")

    assert page.title() != "ran"
    assert len(violations) >= 2
    violations.clear()


def test_axe_notices_a_picture_without_words(page, assert_accessible):
    page.goto("/desk/")
    page.evaluate("document.body.append(document.createElement('img'))")

    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible()


def test_a_page_that_is_too_wide_is_noticed(page, assert_fits):
    page.goto("/robots.txt")
    page.evaluate("document.body.style.minWidth = '2000px'")

    with pytest.raises(AssertionError, match="too wide at 320"):
        assert_fits(320)
