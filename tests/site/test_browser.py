"""A real browser finds the first pages whole: no address outside, no error, nothing wider than the screen."""

import pytest

pytestmark = pytest.mark.browser
SCREENS = {"phone": (390, 844), "desktop": (1440, 900)}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", ["/", "/office/login/"])
def test_first_pages(live, page, screen, path):
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    answer = page.goto(live.address + path)
    assert answer.status == 200
    assert not [url for url in asked if not url.startswith((live.address, "data:"))]
    assert not errors
    assert page.evaluate("document.documentElement.scrollWidth") <= width
