"""Laying the sample: once, whole, and taken up again where it was broken off."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import click
from django.db import transaction
from rich.console import Console
from rich.progress import track

from fazhi.cli.sample import district, note
from fazhi.cli.sample.decisions import make_decisions
from fazhi.cli.sample.district import District
from fazhi.cli.sample.ended import close_last_year, merge_centre, shelve_reports
from fazhi.cli.sample.neighbours import exchange_files
from fazhi.cli.sample.passed_on import pass_on
from fazhi.cli.sample.penalties import make_penalties
from fazhi.cli.sample.registers import enter_lines
from fazhi.cli.sample.rounds import send_draft_round
from fazhi.cli.sample.shelf import bring_documents
from fazhi.cli.sample.sorting import sort_letters
from fazhi.cli.sample.tell import stories, tell, teller
from fazhi.cli.sample.together import write_together
from fazhi.cli.sample.yearly import publish_report
from fazhi.ledger import query, today
from fazhi.people import holders

MATTERS = 480


def load(matters: int = MATTERS, *, quiet: bool = False) -> int:
    """Lay the sample unless it is there whole; the number of matters told now. Refuses a platform with units."""
    with _alone():
        noted = note.read()
        if noted is None:
            if district.is_taken():
                raise click.ClickException(
                    "平台里已有自己的单位，示例只能装入空的平台。请换一个 FAZHI_HOME，或使用 fazhi demo。"
                )
            with transaction.atomic():
                password = f"shili-{secrets.token_hex(4)}"
                laid = district.lay(password, today())
                note.write(laid, today(), matters, password, whole=False)
            noted = note.read()
            assert noted is not None
        if noted.whole:
            return 0
        laid = noted.district()
        told = stories(teller(laid.streets, noted.day), noted.matters)
        console = Console(stderr=True, quiet=quiet)
        shown = track(tell(laid, told, noted.day), "装入示例区", total=len(told), console=console, disable=quiet)
        count = sum(1 for _ in shown)
        answered = lay_the_rest(laid, noted.day)
        follow = holders.issue(answered)
        note.write(laid, noted.day, noted.matters, noted.password, whole=True, follow=follow)
        return count


def lay_the_rest(laid: District, day: date) -> UUID:
    """What stands beside the stories; each part finds what it did before. The letter that was answered yesterday."""
    enter_lines(laid, day)
    decisions = make_decisions(laid, day)
    make_penalties(laid, day)
    send_draft_round(laid, decisions["parking"], day)
    answered = write_together(laid, day)
    merge_centre(laid, day)
    pass_on(laid, day)
    exchange_files(laid, day)
    publish_report(laid, day)
    close_last_year(laid, day)
    shelve_reports(laid, day)
    bring_documents(day)
    sort_letters(laid, day)
    return answered


def accounts() -> str:
    """The sample accounts with their password, one a line, to be shown to a person."""
    noted = note.read()
    if noted is None:
        return "这里没有示例账号；先运行 fazhi sample load。"
    lines = [f"  {user:<9}{one['name']}　{one['unit']}　{one['title']}" for user, one in noted.people.items()]
    if len(noted.follow) == 2:
        lines.append("已答复的信访，可以在“查进度”里查看和评价：编号 {}　查询码 {}".format(*noted.follow))
    return "\n".join([f"示例账号（密码都是 {noted.password}）：", *lines])


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time: a second loader waits and then finds the sample whole."""
    query.fetch("default", "select pg_advisory_lock(hashtextextended('fazhi.sample', 0))")
    try:
        yield
    finally:
        query.fetch("default", "select pg_advisory_unlock(hashtextextended('fazhi.sample', 0))")
