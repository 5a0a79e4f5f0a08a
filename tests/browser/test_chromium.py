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
