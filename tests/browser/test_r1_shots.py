"""Screenshots through the browser fixtures."""
import pytest

from tests.browser.test_return import *

pytestmark = pytest.mark.browser

@pytest.mark.usefixtures("area")
def test_shots(browser, site):
    out = "/tmp/r1shots"
    import os; os.makedirs(out, exist_ok=True)
    def shoot(page, name):
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900 if width > 320 else 640})
            page.screenshot(path=f"{out}/{name}-{width}.png", full_page=False)
            page.screenshot(path=f"{out}/{name}-{width}-full.png", full_page=True)
        page.set_viewport_size(WIDE)
    from kpis.models import Kpi
    builders.relief(Contract.objects.get(reference=FULL), Kpi.objects.get(code=TWELVE[4]), first="2018-01")
    with desk(browser, site, OFFICER) as page, desk(browser, site, SUPPLIER) as theirs:
        page.goto(site.address(f"/contracts/{FULL}/returns/")); shoot(page, "owed")
        page.goto(site.address(FORM)); shoot(page, "empty")
        theirs.goto(site.address(FORM))
        type_in(theirs, TWELVE[5], "91.5"); expect(bar(theirs)).to_contain_text("draft saved")
        for code, words in zip(TWELVE, ["92", "85", "ninety", "", "60", "90", "99.9"]):
            figure(page, code).fill(words)
        row(page, TWELVE[3]).get_by_label("Numerator").fill("93"); row(page, TWELVE[3]).get_by_label("Denominator").fill("96")
        page.keyboard.press("Tab")
        expect(row(page, TWELVE[5])).to_contain_text("Supplier changed")
        page.evaluate("scrollTo(0,0)")
        shoot(page, "typed")
        page.goto(site.address(FORM + "check/")); shoot(page, "check")
        page.goto(site.address("/contracts/FULL/returns/PM/2018-01/")); shoot(page, "closed")
