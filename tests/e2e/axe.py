"""What axe-core finds on a page: one set of rules for every screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
# The rules that look at colours: by `light-dark()` nothing else differs between the light and the dark.
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def barriers(page: Page, rules: dict[str, object] = RULES) -> list[str]:
    """Each element that breaks a rule of WCAG 2.2 AA: the rule, the element and why."""
    # A page without its style sheets yet has other sizes and colours than the one a person sees.
    page.wait_for_load_state("load")
    return [
        f"{page.url}: {rule['id']}: {node['html']}: {node.get('failureSummary')}"
        for rule in Axe().run(page, options=rules).response["violations"]
        for node in rule["nodes"]
    ]


def barriers_in_both(page: Page) -> list[str]:
    """The same, in the light and in the dark; without motion, so that no colour is seen halfway to another."""
    found = []
    for scheme, rules in (("light", RULES), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme} {each}" for each in barriers(page, rules)]
    page.emulate_media(color_scheme="light")
    return found
