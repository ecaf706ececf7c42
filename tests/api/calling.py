"""A program that calls the office interface with a token of its own."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from district import District
from fazhi import ledger
from fazhi.people import actors, tokens

EVERY = ("read", "receive", "record", "figures")


def token_of(district: District, who: str = "信访员", *scopes: str) -> str:
    actor = actors.actors_of(district.accounts[who], ledger.today())[0]
    return tokens.issue(actor, "对接", scopes or EVERY, ledger.today() + timedelta(30), ledger.today())


class Caller:
    """A program with a token; answers come as status and JSON."""

    def __init__(self, client: Any, token: str) -> None:
        self.client, self.headers = client, {"authorization": f"Bearer {token}"}

    def get(self, path: str) -> tuple[int, Any]:
        answer = self.client.get(f"/api/v1/{path}", headers=self.headers)
        return answer.status_code, json.loads(answer.content)

    def post(self, path: str, sent: dict[str, Any]) -> tuple[int, Any]:
        body = json.dumps(sent, ensure_ascii=False)
        answer = self.client.post(f"/api/v1/{path}", body, content_type="application/json", headers=self.headers)
        return answer.status_code, json.loads(answer.content)
