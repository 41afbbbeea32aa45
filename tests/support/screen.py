"""A person at the page with a keyboard alone, and the barriers that axe finds on the way."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support.tree import ROOT

AXE = ROOT / "web_ui" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_TABS = 250
A_WHILE = 120_000
"""Milliseconds that something real may take on a busy machine."""


@dataclass
class Keyboard:
    """Somebody without a mouse. Each step waits for what it needs and never clicks."""

    page: Page
    seen: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(text)

    def reach(self, wanted: Locator) -> None:
        """Tab until this has the focus."""
        expect(wanted).to_be_visible(timeout=A_WHILE)
        for _ in range(MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way with Tab to {wanted}")

    def use(self, wanted: Locator, key: str = "Enter") -> None:
        """Tab to a button and press it."""
        self.reach(wanted)
        self.press(key)

    def fill(self, wanted: Locator, text: str) -> None:
        """Tab to a field and write into it in place of what is there."""
        self.reach(wanted)
        self.press("Control+a")
        self.write(text)

    def sees(self, screen: str) -> None:
        """Look at the screen as axe does: nothing on it keeps anybody out.

        Axe is put in by the debugging protocol, which no policy of the page stops.
        """
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
        self.page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
        found: list[dict[str, Any]] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}}).then(({violations}) =>"
            " violations.map(({id, help, nodes}) =>"
            " ({id, help, where: nodes.map(({target, failureSummary, any, all}) =>"
            " [`${target}: ${failureSummary}`, ...[...any, ...all].flatMap(({relatedNodes}) =>"
            " relatedNodes.map(({html}) => html.slice(0, 200)))])})))",
            RULES,
        )
        assert found == [], f"{screen}: {found}"
        self.seen.append(screen)

    def has_focus(self) -> bool:
        """Whether something has the focus, and not the empty page."""
        return bool(self.page.evaluate("() => document.activeElement !== document.body"))
