"""An editor at a page, every action of whom is counted."""

from playwright.sync_api import Locator, Page


class Interactions(list[str]):
    """What was done so far, an entry for each click, key chord and filled field."""

    def at_most(self, most: int) -> None:
        """Fails above `most`; prints what was done, for whoever wants to do without one of it."""
        told = "\n".join(f"{number:3}. {what}" for number, what in enumerate(self, 1))
        print(f"{len(self)} interactions, and {most} are the most:\n{told}")
        assert len(self) <= most, told


class Editor:
    """Somebody at `page`. Where two work on a piece, each has a page and both share the count."""

    def __init__(self, page: Page, done: Interactions | None = None) -> None:
        self.page = page
        self.done = Interactions() if done is None else done

    def click(self, where: Locator) -> None:
        self._did("click", where)
        where.click()

    def press(self, chord: str, where: Locator) -> None:
        self._did(chord, where)
        where.press(chord)

    def fill(self, where: Locator, text: str) -> None:
        self._did("fill", where)
        where.fill(text)

    def paste(self, where: Locator, text: str) -> None:
        """The one thing that isn't counted."""
        where.fill(text)

    def _did(self, how: str, where: Locator) -> None:
        self.done.append(f"{how} {str(where).partition('selector=')[2].rstrip('>')}")
