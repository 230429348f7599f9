"""Make the pictures of docs/img: `make pictures`. The main pages, wide and on a phone, light and dark, as WebP."""

import base64
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from .serving import ROOT, Site, chromium, serving

FOLDER = ROOT / "docs" / "img"
PAGES = {
    "home": "/",
    "transfers": "/transfers/",
    "transfer": "/transfers/articles-t44/",
    "disputed-transfer": "/transfers/articles-t46/",
    "relation": "/relations/russia/myanmar/",
    "country": "/countries/myanmar/",
    "company": "/companies/rosoboronexport/",
    "equipment": "/equipment/su-30/",
    "source": "/sources/article-b/",
    "search": "/search/?q=rosoboroneksport",
    "explore": "/explore/",
    "years": "/explore/years/?recipient=myanmar",
    "flows": "/explore/flows/",
    "timeline": "/explore/timeline/?country=myanmar",
    "compare": "/explore/compare/?supplier=russia&supplier=china",
    "map": "/explore/map/?country=myanmar",
    "network": "/explore/network/?around=myanmar&around=russia",
}
SCHEMES = ("light", "dark")
#: Pixels: how wide a screen is, and where a long page is cut.
SCREENS = {1440: 2400, 360: 1800}
QUALITY = 80


def picture(browser: Browser, address: str, width: int, scheme: str) -> bytes:
    """A page as WebP, from its top as far down as the cut."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.fonts.ready")
    height = min(page.evaluate("document.documentElement.scrollHeight"), SCREENS[width])
    # Playwright itself takes PNG and JPEG alone.
    shot = context.new_cdp_session(page).send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": QUALITY,
            "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1},
        },
    )
    context.close()
    return base64.b64decode(shot["data"])


def make(site: Site, browser: Browser) -> None:
    """Write every picture anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, path in PAGES.items():
        for width in SCREENS:
            for scheme in SCHEMES:
                file = FOLDER / f"{name}-{width}-{scheme}.webp"
                file.write_bytes(picture(browser, site.url + path, width, scheme))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as site, chromium() as browser:
        make(site, browser)
