"""A text sent round through the pages: asked by one, answered by another, seen by the asker, printed on a sheet."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from docx import Document
from pypdfium2 import PdfDocument

from district import District
from fazhi import ledger


@pytest.fixture
def matter(district: District):
    return district.receive("信访局", "请审核夜间施工通告的送审稿。").matter


def post(client, matter, verb: str, **typed: str):
    head = ledger.read(matter).head
    key = f"web-{verb}-{head}"
    return client.post(f"/office/matters/{matter}/round/{verb}/", {"seen": head, "key": key} | typed)


def send(client, matter, **more: str):
    said = {"form": "sign", "rule": "leader", "mode": "once", "day": "+5工作日", "text": "通告送审稿"}
    return post(client, matter, "send", **(said | {"place-1": "城管局", "place-2": "莲花街道"} | more))


def test_from_asking_to_the_sheet(at_desk, matter) -> None:
    asker, signer = at_desk("信访员"), at_desk("城管员")
    assert signer.get(f"/office/matters/{matter}/").status_code == 404
    assert send(asker, matter).status_code == 302
    assert "会审会签" in signer.get("/office/").content.decode()

    page = signer.get(f"/office/matters/{matter}/round/").content.decode()
    assert "通告送审稿" in page
    assert "代表城管局答复" in page
    ask, digest = re.search(r'name="ask" value="(\d+)"', page)[1], re.search(r'name="digest" value="([^"]+)"', page)[1]
    refused = post(signer, matter, "sign", ask=ask, digest=digest, answer="changes")
    assert refused.status_code == 422
    assert "请写明理由和修改意见" in refused.content.decode()
    said = {"ask": ask, "digest": digest, "answer": "changes", "text": "时段写到二十二时。"}
    assert post(signer, matter, "sign", **said).status_code == 302

    page = asker.get(f"/office/matters/{matter}/round/").content.decode()
    assert "时段写到二十二时" in page
    assert "修改后同意" in page
    assert "莲花街道" in page
    sheet = re.search(r"/office/matters/[^\"]+/sheet/", page)[0]
    assert digest in asker.get(sheet).content.decode()
    papers = {form: asker.get(sheet.removesuffix("/") + f".{form}") for form in ("pdf", "docx", "doc")}
    assert [one.status_code for one in papers.values()] == [200, 200, 404]
    cells = [cell.text for table in Document(BytesIO(papers["docx"].content)).tables for cell in table._cells]
    assert {"通告送审稿" in "".join(cells), "修改后同意" in cells, "时段写到二十二时。" in cells} == {False, True}
    pages = PdfDocument(papers["pdf"].content)
    told = "".join(page.get_textpage().get_text_range() for page in pages)
    assert all(word in told.replace("\r\n", "") for word in ("会签单", "通告送审稿", "时段写到二十二时。", "城管局"))

    assert post(asker, matter, "change", text="通告送审稿第二稿").status_code == 302
    again = post(signer, matter, "sign", **(said | {"text": "原来的意见"}))
    assert again.status_code == 422
    assert "文稿在您打开以后改过" in again.content.decode()
    assert "原来的意见" in again.content.decode()


def test_what_was_typed_stays_where_a_place_is_not_known(at_desk, matter) -> None:
    head = ledger.read(matter).head
    page = send(at_desk("信访员"), matter, **{"place-2": "没有的局"})
    assert page.status_code == 422
    told = page.content.decode()
    assert "没有叫“没有的局”的单位或者岗位" in told
    assert "通告送审稿" in told
    assert ledger.read(matter).head == head


def test_in_english_the_reasons_are_english(at_desk, matter) -> None:
    client = at_desk("信访员")
    client.cookies["fazhi_language"] = "en"
    told = send(client, matter, day="昨天").content.decode()
    assert "The day is already over." in told
