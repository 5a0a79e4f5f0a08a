"""Pages link one stylesheet, and it is one file: what it imports is in it."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage

from coverage.newsroom.static import SHEETS, HashedStaticFiles
from coverage.newsroom.stylesheets import joined, minified

STATIC = Path(settings.BASE_DIR) / "static"
SOURCES = {
    "css/site.css": """@layer base, parts;
        @import url("base.css") layer(base);
        @import url("parts/card.css") layer(parts);
        .last { color: red; }
    """,
    "css/base.css": 'body { background: url("../img/paper.png"); }',
    "css/parts/card.css": '.card { mask: url("../../img/pegs.svg"); --x: url("data:image/png;base64,AA"); }',
}


def test_what_is_imported_stands_in_its_layer_and_in_its_place():
    text = joined("css/site.css", SOURCES.__getitem__)

    assert "@import" not in text
    assert re.findall(r"@layer [^{;]+", text) == ["@layer base, parts", "@layer base ", "@layer parts "]
    assert text.index("body") < text.index(".card") < text.index(".last")


def test_addresses_hold_from_where_the_joined_sheet_is():
    text = joined("css/site.css", SOURCES.__getitem__)

    assert re.findall(r'url\("([^"]+)"\)', text) == [
        "../img/paper.png",
        "../img/pegs.svg",
        "data:image/png;base64,AA",
    ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("/* why */ a { color : red; }\n\n b{}", "a{color :red}b{}"),
        ('a::after { content: " /* no  comment */ "; }', 'a::after{content:" /* no  comment */ "}'),
        (
            "a :hover > b , c { d: calc(1px + 2 * (3px - 1px)) }",
            "a :hover > b,c{d:calc(1px + 2 * (3px - 1px))}",
        ),
        (
            "@media (min-width: 1rem) and (color) { a { b: c } }",
            "@media (min-width:1rem) and (color){a{b:c}}",
        ),
        ('x { quotes: "\\"" "\'" ; }', 'x{quotes:"\\"" "\'"}'),
        ("a /* one */ /* two */ b { c: d /* e */ f; }", "a b{c:d f}"),
    ],
)
def test_only_what_says_nothing_is_left_out(written, kept):
    assert minified(written) == kept


def collected(folder, root):
    """The storage after `collectstatic` of the stylesheets and icons in `folder`."""
    source, target = StaticFilesStorage(location=folder), HashedStaticFiles(location=root)
    paths = [path for part in ("css", "img") for path in (folder / part).rglob("*") if path.is_file()]
    names = [str(path.relative_to(folder)) for path in paths]
    for name in names:
        if not target.exists(name):
            with source.open(name) as file:
                target._save(name, file)
    list(target.post_process({name: (source, name) for name in names}))
    return target


def test_collected_sheets_import_nothing_and_change_with_what_they_import_alone(tmp_path):
    folder, root = tmp_path / "static", tmp_path / "root"
    shutil.copytree(STATIC / "css", folder / "css")
    shutil.copytree(STATIC / "img", folder / "img")

    first = collected(folder, root).hashed_files
    (folder / "css" / "prose.css").write_text(".changed { color: red; }")
    second = collected(folder, root).hashed_files

    site, desk = SHEETS
    assert first[site] != second[site]
    assert first[desk] == second[desk]
    assert ".changed{color:red}" in (root / second[site]).read_text()
    for name in (first[site], first[desk]):
        assert "@import" not in (root / name).read_text()
        assert "/*" not in (root / name).read_text()
    assert ".review-card" in (root / first[site]).read_text()
