"""The site in two languages: each page is shown in its own, and leads to the same page in the other.

A page in Vietnamese is ``page.vi.md`` beside ``page.md``. The pages of packs, which are generated, are ``page.md`` in
Vietnamese and ``page.en.md`` in English.
"""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

NAMES = {"vi": "Tiếng Việt", "en": "English"}
_FIRST = {"vi": "index.vi.md", "en": "index.md"}


def language(path: str) -> str:
    """The language of a page by its path in ``docs``: ``vi`` or ``en``."""
    if path.startswith("packs/"):
        return "en" if path.endswith(".en.md") else "vi"
    return "vi" if path.endswith(".vi.md") else "en"


def sister(path: str) -> str:
    """Where the same page would be in the other language."""
    stem = path.removesuffix(".md")
    suffix = ".en" if path.startswith("packs/") else ".vi"
    return (stem.removesuffix(suffix) if stem.endswith(suffix) else stem + suffix) + ".md"


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    config.extra["urls"] = {file.src_uri: file.url for file in files.documentation_pages()}
    return files


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    for page in nav.pages:
        # After the last page of one language does not come the first of the other.
        for beside in ("previous_page", "next_page"):
            other = getattr(page, beside)
            if other and language(other.file.src_uri) != language(page.file.src_uri):
                setattr(page, beside, None)
    return nav


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    own = language(page.file.src_uri)
    other = "en" if own == "vi" else "vi"
    urls: dict[str, str] = config.extra["urls"]
    links = {own: page.file.url, other: urls.get(sister(page.file.src_uri), urls[_FIRST[other]])}
    # The theme reads these as the page is rendered, which is before the next page gets here.
    config.theme["language"] = own
    config.extra["alternate"] = [{"name": NAMES[one], "link": links[one], "lang": one} for one in NAMES]
    config.extra["homepage"] = urls[_FIRST[own]]
    (vietnamese,) = (item for item in nav.items if item.title == NAMES["vi"])
    items = vietnamese.children or [] if own == "vi" else [item for item in nav.items if item is not vietnamese]
    return context | {"nav": Navigation(items, nav.pages)}
