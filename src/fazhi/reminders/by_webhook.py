"""Signed JSON to an address, one message a request: the same id and the same key however often it is tried."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

import requests

from fazhi.reminders.adapters import BadAdapter, Letter, Result

SECONDS = 10
LEAST_KEY = 16
AGAIN = frozenset({408, 425, 429})


class Webhook:
    """POST with `Idempotency-Key`, `X-Fazhi-Timestamp` and `X-Fazhi-Signature: sha256=HEX`, which is HMAC-SHA256 of
    timestamp, a point and the body under the key of FAZHI_SEND_KEY_FILE."""

    name = "webhook"
    needs_phone = False

    def __init__(self, address: str, key_file: str) -> None:
        if not key_file or not Path(key_file).is_file():
            raise BadAdapter("用 webhook 发送提醒，须用 FAZHI_SEND_KEY_FILE 指明签名密钥的文件，接收方用同一密钥验签。")
        self.address = address
        self.key = Path(key_file).read_bytes().strip()
        if len(self.key) < LEAST_KEY:
            raise BadAdapter(f"签名密钥太短：FAZHI_SEND_KEY_FILE 至少{LEAST_KEY}个字节。")

    def send(self, letters: Sequence[Letter]) -> Mapping[UUID, Result]:
        with requests.Session() as session:
            return {one.id: self._post(session, one) for one in letters}

    def receipts(self) -> Mapping[UUID, bool]:
        return {}

    def _post(self, session: requests.Session, one: Letter) -> Result:
        said = {
            "id": str(one.id),
            "kind": one.kind,
            "account": one.account,
            "phone": one.phone,
            "text": one.text,
            "due": one.due.isoformat() if one.due else None,
        }
        body = json.dumps(said, ensure_ascii=False).encode()
        stamp = str(int(time.time()))
        heads = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": str(one.id),
            "X-Fazhi-Timestamp": stamp,
            "X-Fazhi-Signature": f"sha256={signature(self.key, stamp, body)}",
        }
        try:
            answer = session.post(self.address, data=body, headers=heads, timeout=SECONDS, allow_redirects=False)
        except requests.RequestException as error:
            return Result("again", type(error).__name__)
        taken = 200 <= answer.status_code < 300
        if taken or answer.status_code == requests.codes.conflict:  # 409: it has this id already
            return Result("sent")
        outcome = answer.status_code >= 500 or answer.status_code in AGAIN
        return Result("again" if outcome else "failed", f"HTTP {answer.status_code}")


def signature(key: bytes, stamp: str, body: bytes) -> str:
    """What the receiver computes too, to know that it was we who sent it and when."""
    return hmac.new(key, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
