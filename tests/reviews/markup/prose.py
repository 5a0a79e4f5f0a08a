"""Prose as people write and paste it, for properties to be tried on."""

from hypothesis import strategies as st

WORDS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [" ", "\n", "\u00a0", "&nbsp;", "&#1;", "&lt;b&gt;", "<", "&", "死", "Rouge", "a  b "]
)
INLINE = ("b", "strong", "i", "em", "s", "code", "u", "ruby", "rt", "rp", "font")
BLOCKS = (
    "p",
    "h1",
    "h2",
    "h4",
    "h6",
    "div",
    "section",
    "blockquote",
    "ul",
    "ol",
    "li",
    "table",
    "td",
    "button",
)
OPENINGS = {
    "span": ('<span class="spoiler">', '<span lang="ja">', "<span>", '<span style="font-weight:700">'),
    "div": ('<div class="spoiler">', "<div>"),
    "a": ('<a href="https://example.com/?a=1&amp;b=2">', '<a href="/x y">', '<a href="javascript:x">'),
    "ol": ('<ol start="3">', "<ol>"),
}


def element(tag, inner):
    openings = OPENINGS.get(tag, (f"<{tag}>",))
    return st.builds("{}{}{}".format, st.sampled_from(openings), inner, st.sampled_from((f"</{tag}>", "")))


def markup(words=WORDS):
    """HTML as a browser may hand it over: well formed or not, nested in ways that make no sense."""
    leaf = words | st.sampled_from(["<br>", "<hr>", "<!-- c -->", "</p>", "</span>"])
    tags = st.sampled_from((*INLINE, *BLOCKS, "span", "div", "a", "span", "div"))
    return st.recursive(
        leaf,
        lambda inner: st.lists(
            tags.flatmap(lambda tag: element(tag, inner)) | inner, min_size=1, max_size=4
        ).map("".join),
        max_leaves=14,
    )


SPOILERS = ('<span class="spoiler">{}</span>', '<div class="spoiler">{}</div>')
WRAPPERS = (
    "<div>{}</div>",
    "<section>{}</section>",
    "<strong>{}</strong>",
    "<span>{}</span>",
    "{}<hr>",
    "<blockquote>{}</blockquote>",
    "<ul><li>{}</li></ul>",
    "<ol>{}</ol>",
    "<table><tr><td>{}</td></tr></table>",
)


def labelled():
    """Well-formed HTML in which every word says whether it stands in a spoiler."""
    outside, inside = st.just(" OUT "), st.just(" IN ")

    def wrapped(form, inner):
        return st.builds(form.format, st.lists(inner, min_size=1, max_size=3).map("".join))

    hidden = st.recursive(
        inside, lambda inner: st.sampled_from(WRAPPERS + SPOILERS).flatmap(lambda form: wrapped(form, inner))
    )
    spoilers = st.sampled_from(SPOILERS).flatmap(lambda form: wrapped(form, hidden))
    return st.recursive(
        outside | spoilers,
        lambda inner: st.sampled_from(WRAPPERS).flatmap(lambda form: wrapped(form, inner)),
    )
