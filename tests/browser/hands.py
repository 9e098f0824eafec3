"""How somebody uses a page: with a mouse, or with the keyboard alone. Both do the same deeds by the same names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from playwright.sync_api import FileChooser, Locator, Page

MOST_TABS = 80
WRITTEN_IN = "textarea, input:not([type=radio]):not([type=checkbox])"
OPTIONAL = r"(?:\s+\((?:frivilligt|optional)\))?"
SPOKEN = re.compile(r'^- (?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?')
# Whether the focused element can be seen, and is seen to be the focused one.
SEEN = """(element) => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    outline: style.outlineStyle !== 'none' ? parseFloat(style.outlineWidth) : 0,
    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


class Hands(Protocol):
    """What a person can do on a page. Names are those that are read aloud; a name is whole unless it is a pattern."""

    page: Page

    def follow(self, link: str | re.Pattern[str]) -> None:
        """Follow a link in the page's own content, or in the head."""

    def press(self, button: str | re.Pattern[str]) -> None:
        """Press a button that sends a form."""

    def write(self, label: str | re.Pattern[str], text: str) -> None:
        """Write in a field, over what stands there."""

    def choose(self, option: str) -> None:
        """Choose one of several."""

    def select(self, label: str, option: str) -> None:
        """Select from a list."""

    def tick(self, label: str) -> None:
        """Tick a box."""

    def open(self, summary: str) -> None:
        """Open what is folded, unless it is open."""

    def attach(self, label: str, path: Path) -> None:
        """Choose a file."""


def whole(name: str | re.Pattern[str]) -> re.Pattern[str]:
    """Give the pattern of a whole name, however its words are parted; a field's name may say that it is optional."""
    if isinstance(name, re.Pattern):
        return name
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"^\s*{words}{OPTIONAL}\s*$")


@dataclass
class Mouse:
    """Somebody who points and clicks."""

    page: Page

    def follow(self, link: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=whole(link)).locator("visible=true").first.click()

    def press(self, button: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=whole(button)).locator("visible=true").first.click()

    def write(self, label: str | re.Pattern[str], text: str) -> None:
        self._field(label).fill(text)

    def choose(self, option: str) -> None:
        self.page.get_by_role("radio", name=whole(option)).locator("visible=true").first.check()

    def select(self, label: str, option: str) -> None:
        self.page.get_by_role("combobox", name=whole(label)).locator("visible=true").first.select_option(
            label=option
        )

    def tick(self, label: str) -> None:
        self.page.get_by_role("checkbox", name=whole(label)).locator("visible=true").first.check()

    def open(self, summary: str) -> None:
        folded = self.page.locator("details:not([open]) > summary").filter(has_text=whole(summary))
        if folded.count():
            folded.first.click()

    def attach(self, label: str, path: Path) -> None:
        self.page.get_by_label(whole(label)).locator("visible=true").first.set_input_files(path)

    def _field(self, label: str | re.Pattern[str]) -> Locator:
        boxes = self.page.get_by_label(whole(label)).and_(self.page.locator(WRITTEN_IN))
        return boxes.locator("visible=true").first


@dataclass
class Keyboard:
    """Somebody who has only keys. Whatever has the focus must be seen to have it."""

    page: Page

    def __post_init__(self) -> None:
        # Asked for long before it is needed: a key can be quicker than the browser learns to hand its dialog over.
        self.page.on("filechooser", lambda chooser: None)

    def follow(self, link: str | re.Pattern[str]) -> None:
        self._go_to(("link",), link)
        self._leave_by("Enter")

    def press(self, button: str | re.Pattern[str]) -> None:
        self._go_to(("button",), button)
        self._leave_by("Space")

    def write(self, label: str | re.Pattern[str], text: str) -> None:
        self._go_to(("textbox", "searchbox"), label)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.press("Delete")
        for place, line in enumerate(text.split("\n")):
            if place:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(line)

    def choose(self, option: str) -> None:
        """Tab to the group that has the option, then go through it with the arrows."""
        self._go_to_where(lambda: self._in_group_with(option), f"a choice with {option}")
        for _ in range(MOST_TABS):
            role, name = self._focused()
            if role == "radio" and whole(option).match(name):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {option}")

    def select(self, label: str, option: str) -> None:
        self._go_to(("combobox",), label)
        box = self.page.locator(":focus")
        self.page.keyboard.press("Home")
        for _ in range(MOST_TABS):
            if box.locator("option:checked").inner_text().strip() == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {option}")

    def tick(self, label: str) -> None:
        self._go_to(("checkbox",), label)
        if not self.page.locator(":focus").is_checked():
            self.page.keyboard.press("Space")

    def open(self, summary: str) -> None:
        folded = self.page.locator("details:not([open]) > summary").filter(has_text=whole(summary))
        if not folded.count():
            return
        self._go_to_where(lambda: self._is_summary(summary), f"what unfolds {summary}")
        self.page.keyboard.press("Enter")

    def attach(self, label: str, path: Path) -> None:
        self._go_to_where(lambda: self._is_file_box(label), label)
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Enter")
        chooser: FileChooser = asked.value
        chooser.set_files(path)

    def _go_to(self, roles: tuple[str, ...], name: str | re.Pattern[str]) -> None:
        def is_there() -> bool:
            role, spoken = self._focused()
            return role in roles and bool(whole(name).search(spoken))

        self._go_to_where(is_there, f"{'/'.join(roles)} {name}")

    def _go_to_where(self, is_there: Callable[[], bool], wanted: str) -> None:
        passed = []
        for _ in range(MOST_TABS):
            if self._something_is_focused():
                if is_there():
                    self._must_be_seen(wanted)
                    return
                passed.append(self._focused())
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_TABS} tabs do not reach {wanted} on {self.page.url}; passed {passed}")

    def _something_is_focused(self) -> bool:
        return bool(self.page.locator(":focus").count())

    def _focused(self) -> tuple[str, str]:
        """Give the role and name that a screen reader says of what has the focus."""
        line = self.page.locator(":focus").aria_snapshot().partition("\n")[0]
        if line.startswith("- '"):
            line = "- " + line[3:].replace("''", "'")
        said = SPOKEN.match(line)
        return (said["role"], (said["name"] or "").replace('\\"', '"')) if said else ("", line)

    def _in_group_with(self, option: str) -> bool:
        role, _ = self._focused()
        if role != "radio":
            return False
        group = str(self.page.locator(":focus").get_attribute("name"))
        here = self.page.locator(f'input[type=radio][name="{group}"]')
        spoken = here.evaluate_all("all => all.map(one => one.labels[0].textContent.trim())")
        return any(whole(option).match(name) for name in spoken)

    def _is_summary(self, summary: str) -> bool:
        focused = self.page.locator("summary:focus")
        return bool(focused.count()) and bool(whole(summary).match(focused.inner_text().strip()))

    def _is_file_box(self, label: str) -> bool:
        focused = self.page.locator("input[type=file]:focus")
        if not focused.count():
            return False
        spoken = focused.evaluate("box => box.labels[0].textContent.trim()")
        return bool(whole(label).match(" ".join(str(spoken).split())))

    def _must_be_seen(self, wanted: str) -> None:
        seen = self.page.locator(":focus").evaluate(SEEN)
        assert seen["outline"] > 0, f"the focus does not show on {wanted}, {self.page.url}"
        assert seen["shown"], f"the focus is out of sight on {wanted}, {self.page.url}"

    def _leave_by(self, key: str) -> None:
        """Press a key that leads to another page, or to another place on this one, and be there."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press(key)
