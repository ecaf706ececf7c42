"""Sending: a file a day for a gateway, or signed requests to a real server; held in the night, never twice."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from district import District, lay
from fazhi.ledger import now
from fazhi.ledger.day import SHANGHAI, today
from fazhi.people import deeds, holders, parties
from fazhi.reminders import adapters, by_webhook, inbox
from fazhi.reminders.forget import BadTerm, forget_old
from fazhi.reminders.models import Message
from fazhi.reminders.queue import remind
from fazhi.reminders.quiet import Hours
from fazhi.reminders.sending import send_waiting, standing
from fazhi.reminders.wishes import DISTRICT, Wishes, wish

DAY = datetime(2025, 3, 5, 10, 0, tzinfo=SHANGHAI)
NIGHT = datetime(2025, 3, 5, 23, 0, tzinfo=SHANGHAI)
KEY = b"0123456789abcdef-of-the-receiver"


@pytest.fixture
def district(db: Any) -> District:
    laid = lay()
    for name, phone in (("城管员", "13800000001"), ("区长", "13800000002")):
        wish(laid.accounts[name], Wishes(phone=phone))
    return laid


@pytest.fixture
def folder(tmp_path: Path, settings_of: Any) -> Path:
    settings_of(f"file:{tmp_path / 'out'}")
    return tmp_path / "out"


@pytest.fixture
def settings_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    from django.conf import settings

    def say(send: str) -> None:
        key = tmp_path / "send.key"
        key.write_bytes(KEY)
        monkeypatch.setattr(settings, "FAZHI_SEND", send)
        monkeypatch.setattr(settings, "FAZHI_SEND_KEY_FILE", str(key))

    return say


def rows(folder: Path) -> list[list[str]]:
    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += list(csv.reader(file))[1:]
    return found


def states() -> list[str]:
    return sorted(Message.objects.values_list("state", flat=True))


def test_without_an_adapter_everything_stays_in_the_house(district: District) -> None:
    remind("alert", [district.accounts["城管员"]], thing="1")
    assert send_waiting(DAY) == 0 and states() == ["kept"]


def test_a_file_a_day_takes_each_once_whatever_breaks_off(district: District, folder: Path) -> None:
    remind("alert", [district.accounts["城管员"], district.accounts["新人"]], thing="1")
    assert send_waiting(DAY) == 1
    assert states() == ["kept", "sent"], "who left no number is told in the house alone"
    ((identity, phone, text),) = rows(folder)
    assert phone == "13800000001" and "请登录办公系统" in text
    assert (folder / f"{today():%Y%m%d}.csv").stat().st_mode & 0o007 == 0
    Message.objects.filter(pk=identity).update(state="queued", sent=None, after=None)  # as if it broke off there
    assert send_waiting(DAY + timedelta(hours=1)) == 1
    assert len(rows(folder)) == 1
    remind("alert", [district.accounts["城管员"]], thing="2")
    send_waiting(DAY)
    assert len(rows(folder)) == 2


def test_receipts_say_who_was_reached(district: District, folder: Path) -> None:
    remind("alert", [district.accounts["城管员"], district.accounts["区长"]], thing="1")
    send_waiting(DAY)
    one, two = (row[0] for row in rows(folder))
    (folder / "receipts").mkdir()
    (folder / "receipts" / "a.csv").write_text(f"id,state\n{one},delivered\n{two},失败\n乱码,x\n", encoding="utf-8")
    send_waiting(DAY)
    assert Message.objects.get(pk=one).delivered and Message.objects.get(pk=two).state == "failed"
    assert standing().failed == 1 and standing().why == ("receipt",)
    assert not list((folder / "receipts").glob("*.csv"))


def test_what_failed_goes_out_again_in_the_same_words_and_is_told_once(
    district: District, folder: Path, at_desk: Any
) -> None:
    remind("alert", [district.accounts["城管员"]], thing="1")
    send_waiting(DAY)
    ((first, _phone, text),) = rows(folder)
    Message.objects.filter(pk=first).update(state="failed", failure="receipt")
    district.clerk("系统员", "区政府", "administer")
    district.clerk("监督员", "区政府", "supervise")
    assert at_desk("监督员").post("/office/health/send-again/").status_code == 403
    page = at_desk("系统员").post("/office/health/send-again/", follow=True).content.decode()
    assert "1条没有发出的提醒已按原文重新排队" in page and "删除到期的旧提醒" in page and "365天" in page
    send_waiting(DAY)
    again = rows(folder)[1]
    assert again[0] != first and again[1:] == ["13800000001", text]
    assert states() == ["sent"] and len(inbox.told(district.accounts["城管员"])) == 1
    assert deeds.lately()[0].verb == "send_again"


def test_reminders_past_their_term_are_deleted_and_those_that_wait_are_not(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    remind("alert", [district.accounts["城管员"], district.accounts["区长"]], thing="1")
    remind("alert", [district.accounts["新人"]], thing="1")
    old = Message.objects.exclude(account=district.accounts["新人"])
    old.update(created=now() - timedelta(days=400))
    old.filter(account=district.accounts["区长"]).update(state="kept")
    assert forget_old() == 1
    assert {row.account for row in Message.objects.all()} == {district.accounts[name] for name in ("城管员", "新人")}
    monkeypatch.setattr("django.conf.settings.FAZHI_KEEP_REMINDERS", "7")
    with pytest.raises(BadTerm, match="至少30天"):
        forget_old()


def test_in_the_night_it_is_held_and_a_threat_to_life_is_not(district: District, folder: Path) -> None:
    remind("due", [district.accounts["城管员"]], thing="1")
    remind("due", [district.accounts["区长"]], thing="2", urgent=True)
    assert send_waiting(NIGHT) == 1 and states() == ["held", "sent"]
    assert send_waiting(NIGHT + timedelta(hours=5)) == 0
    held = Message.objects.get(state="held")
    assert held.after == datetime(2025, 3, 6, 8, 0, tzinfo=SHANGHAI)
    assert send_waiting(held.after) == 1


def test_wishes_of_the_district_and_of_a_person(district: District, folder: Path) -> None:
    wish(DISTRICT, Wishes(kinds=frozenset({"overdue"}), hours=Hours(time(9), time(18))))
    wish(
        district.accounts["新人"], Wishes(kinds=frozenset({"due"}), hours=Hours(time(0), time(0)), phone="13800000003")
    )
    for name in ("新人", "街道员"):
        remind("due", [district.accounts[name]], thing="1")
    send_waiting(DAY)
    assert [row[1] for row in rows(folder)] == ["13800000003"]
    with pytest.raises(parties.BadParty):
        wish(district.accounts["新人"], Wishes(phone="138"))
    kept = bytes(Message._meta.apps.get_model("reminders", "Setting").objects.get(pk=district.accounts["新人"]).phone)
    assert b"13800000003" not in kept


def test_once_a_day_all_in_one(district: District, folder: Path) -> None:
    wish(district.accounts["城管员"], Wishes(phone="13800000001", digest=True, digest_at=time(9)))
    for number in range(3):
        remind("due", [district.accounts["城管员"]], thing=str(number))
    remind("overdue", [district.accounts["城管员"]], thing="x")
    assert send_waiting(DAY) == 0
    assert send_waiting(datetime(2025, 3, 6, 9, 0, tzinfo=SHANGHAI)) == 1
    ((_, _, text),) = rows(folder)
    assert "期限将满3件" in text and "已经逾期1件" in text
    assert send_waiting(datetime(2025, 3, 7, 9, 0, tzinfo=SHANGHAI)) == 0 and set(states()) == {"sent"}


class Gateway:
    """A real server that answers as told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.asked.append((dict(self.headers.items()), body))
                answer = gateway.answers.pop(0) if gateway.answers else 200
                if not answer:
                    self.close_connection = True  # hangs up without a word, the message being here
                    return
                self.send_response(answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def ids(self) -> set[str]:
        return {heads["Idempotency-Key"] for heads, _ in self.asked}


@pytest.fixture
def gateway(settings_of: Any) -> Iterator[Gateway]:
    found = Gateway()
    settings_of(f"webhook:http://127.0.0.1:{found.server.server_port}/in")
    yield found
    found.server.shutdown()
    found.server.server_close()


def test_a_request_is_signed_and_tried_again_later_under_the_same_id(district: District, gateway: Gateway) -> None:
    gateway.answers = [500, 0, 200]
    remind("alert", [district.accounts["新人"]], thing="1")
    assert send_waiting(DAY) == 0
    assert send_waiting(DAY) == 0, "not before its time"
    assert len(gateway.asked) == 1
    assert send_waiting(DAY + timedelta(minutes=2)) == 0
    assert send_waiting(DAY + timedelta(minutes=30)) == 1
    assert send_waiting(DAY + timedelta(days=1)) == 0
    assert len(gateway.asked) == 3 and len(gateway.ids) == 1
    heads, body = gateway.asked[-1]
    signed = by_webhook.signature(KEY, heads["X-Fazhi-Timestamp"], body)
    assert heads["X-Fazhi-Signature"] == f"sha256={signed}"
    assert json.loads(body)["account"] == "新人" and json.loads(body)["phone"] == ""


def test_what_is_refused_or_never_taken_has_failed_and_is_told(
    district: District, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.answers = [302, 400] + [503] * 9
    remind("alert", [district.accounts["城管员"], district.accounts["新人"]], thing="1")
    send_waiting(DAY)
    assert states() == ["failed", "failed"] and standing().why == ("HTTP 302", "HTTP 400")
    remind("alert", [district.accounts["区长"]], thing="2")
    for days in range(10):
        send_waiting(DAY + timedelta(days=days))
    assert states() == ["failed"] * 3 and len(gateway.asked) == 8
    assert "138" not in caplog.text


def test_what_the_environment_says_wrongly_is_told(settings_of: Any, db: Any) -> None:
    for wrong in ("sms", "file:relative", "webhook:ftp://x"):
        settings_of(wrong)
        with pytest.raises(adapters.BadAdapter, match="FAZHI_SEND"):
            send_waiting(DAY)
        assert standing().way == "wrong"


def test_who_lodged_is_told_a_number_and_where_to_look(district: District, folder: Path) -> None:
    party = parties.register("citizen", "欧阳小明", "13812345678")
    done = district.receive("城管局", "楼下烧烤店扰民", parties=(party, parties.register("citizen", "令狐冲"))).matter
    number = holders.number_of(done)
    remind("ready", parties=(party,), matter=done, thing="2")
    assert send_waiting(datetime(2025, 3, 8, 10, 0, tzinfo=SHANGHAI)) == 1, "a Saturday is as good to them"
    ((_, phone, text),) = rows(folder)
    assert phone == "13812345678" and number in text and "欧阳" not in text and "烧烤" not in text
    parties.erase(party)
    remind("moved", parties=(party,), matter=done, thing="3")
    assert send_waiting(DAY) == 0 and "kept" in states()
