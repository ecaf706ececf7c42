"""The calls of the office interface: read and record matters, the desk, figures and registers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Status
from ninja.errors import AuthenticationError, ValidationError
from pydantic import Field

from fazhi import desk, ledger
from fazhi.api.office import prevention, telling
from fazhi.api.office.gate import Bearer, Caller, TooMany, WrongScope, caller_of
from fazhi.api.office.values import (
    ActIn,
    DeskOut,
    Done,
    FigureOut,
    HitPage,
    MatterIn,
    MatterOut,
    Me,
    Opened,
    Problem,
    RegisterPage,
)
from fazhi.desk import NoRight, Refused
from fazhi.indicators import look as figures_look
from fazhi.indicators.values import Span
from fazhi.ledger import Collision, UnknownMatter, rulebook
from fazhi.ledger.entry import KeyUsed
from fazhi.people import parties, units
from fazhi.people.parties import BadParty
from fazhi.reach.ask import BadCursor
from fazhi.reach.scope import Filters
from fazhi.registers import look as registers_look
from fazhi.registers.values import Wanted
from fazhi.rulebook.refusals import english_of
from fazhi.search import look as search_look
from fazhi.worklist import look as worklist_look
from fazhi.worklist.look import Unseen
from fazhi.worklist.values import Bucket

Year = Annotated[int, Field(ge=1950, le=2200)]
Many = Annotated[int, Field(ge=1, le=200)]
"""How many rows of a list are asked for at once."""

api = NinjaAPI(
    title="法治 · 办公接口",
    version="1",
    description="以令牌代表一个岗位查询和办理事项。权限按岗位当日的授权逐次核对，个人信息以掩码给出。",
    auth=Bearer(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("", prevention.router)


class BadSpan(ValueError):
    """The days asked for are not those of one year."""


class NotFound(LookupError):
    """There is nothing under this name."""


@api.get("/me", response=Me, summary="令牌代表谁", operation_id="me")
def me(request: HttpRequest) -> Any:
    caller = caller_of(request)
    return Me(
        name=caller.actor.name,
        unit=caller.actor.unit,
        unit_name=units.name_of(caller.actor.unit),
        powers=sorted(caller.actor.powers),
        scopes=sorted(caller.scopes),
    )


@api.get("/matters", response=HitPage, summary="查找事项", operation_id="find_matters")
def find_matters(
    request: HttpRequest,
    q: str = "",
    kind: str = "",
    open: bool | None = None,
    since: date | None = None,
    until: date | None = None,
    after: str = "",
    limit: Many = 30,
) -> Any:
    """Within the rights of the post, newest first; `q` is a number, a name, a word or part of one."""
    caller = caller_of(request)
    caller.must("read")
    filters = Filters(kinds=frozenset({kind}) if kind else None, open=open, since=since, until=until)
    page = search_look.search(caller.scope, caller.actor, q, filters, after, limit=limit)
    return HitPage(items=[telling.hit(one) for one in page.items], after=page.after)


@api.get("/matters/{uuid:identity}", response=MatterOut, summary="一件事项", operation_id="read_matter")
def read_matter(request: HttpRequest, identity: UUID) -> Any:
    """Course, clocks and what may lawfully be recorded now."""
    caller = caller_of(request)
    caller.must("read")
    return telling.matter(worklist_look.matter(caller.scope, identity, ledger.now()))


@api.post("/matters", response={201: Opened}, summary="登记新事项", operation_id="receive_matter")
def receive_matter(request: HttpRequest, sent: MatterIn) -> Any:
    """Received by the unit of the post; the same `key` again gives the same matter."""
    caller = caller_of(request)
    caller.must("receive")
    with transaction.atomic():
        named = [parties.register(one.kind, one.name, one.phone, one.id_number, one.address) for one in sent.parties]
        done = desk.receive(
            caller.actor,
            sent.procedure,
            day=sent.day,
            fields=sent.fields,
            body=sent.body,
            parties=named,
            key=sent.key,
            unit=caller.actor.unit,
            external_number=sent.external_number,
        )
        if done.repeated:
            for party in named:
                parties.erase(party)
    told = Opened(
        id=done.matter,
        seen=done.seq,
        number=done.number or "",
        query_number=done.query_number,
        code=done.code,
        repeated=done.repeated,
        findings=telling.findings(done.findings),
    )
    return Status(201, told)


@api.post("/matters/{uuid:identity}/acts", response=Done, summary="办理", operation_id="record_act")
def record_act(request: HttpRequest, identity: UUID, sent: ActIn) -> Any:
    """Recorded if the law and the post allow it; 409 if somebody else recorded since `seen`."""
    caller = caller_of(request)
    caller.must("record")
    if not caller.scope.may_see(identity):
        raise Unseen
    done = desk.record(
        caller.actor,
        identity,
        sent.kind,
        day=None if sent.moment else sent.day,
        moment=sent.moment,
        fields=sent.fields,
        body=sent.body,
        thread=sent.thread,
        seen=sent.seen,
        key=sent.key,
    )
    return Done(
        seen=done.seq, number=done.number or "", repeated=done.repeated, findings=telling.findings(done.findings)
    )


@api.get("/desk", response=DeskOut, summary="工作台", operation_id="read_desk")
def read_desk(request: HttpRequest, bucket: Bucket = "ours", after: str = "", limit: Many = 50) -> Any:
    """What the post has to do by which day."""
    caller = caller_of(request)
    caller.must("read")
    page = worklist_look.desk(caller.scope, caller.day, bucket, after=after, limit=limit)
    return telling.desk(page)


@api.get("/figures", response=list[FigureOut], summary="全部指标", operation_id="read_figures")
def read_figures(request: HttpRequest, year: Year | None = None, cutoff: date | None = None) -> Any:
    """Every indicator over the units that the post may see, from 1 January to the cut-off."""
    caller = caller_of(request)
    caller.must("figures")
    last = cutoff or (min(date(year, 12, 31), caller.day) if year else caller.day)
    found = figures_look.read_all(
        list(rulebook().indicators.values()), _span(caller, date(year or last.year, 1, 1), last)
    )
    return [telling.figure(one) for one in found]


def _span(caller: Caller, start: date, last: date) -> Span:
    if not 0 <= (last - start).days < 366:
        raise BadSpan("统计期间须在一年以内，且截止日不早于起始日。")
    return Span(tuple(sorted(caller.scope.units, key=str)), start, last)


@api.get("/figures/{name}", response=FigureOut, summary="一项指标", operation_id="read_figure")
def read_figure(request: HttpRequest, name: str, start: date | None = None, cutoff: date | None = None) -> Any:
    caller = caller_of(request)
    caller.must("figures")
    page = rulebook().indicators.get(name)
    if page is None:
        raise NotFound(f"没有名为“{name}”的指标，全部指标见 figures。")
    last = cutoff or caller.day
    return telling.figure(figures_look.read(page, _span(caller, start or date(last.year, 1, 1), last)))


@api.get("/registers/{name}", response=RegisterPage, summary="名录", operation_id="read_register")
def read_register(request: HttpRequest, name: str, on: date | None = None, after: str = "", limit: Many = 50) -> Any:
    """Lines that stand on the day, within the rights of the post."""
    caller = caller_of(request)
    caller.must("read")
    day = on or caller.day
    book = rulebook()
    page = book.page(name, day) if name in book.procedures else None
    if page is None or page.register is None:
        raise NotFound(f"没有名为“{name}”的名录。")
    found = registers_look.page(caller.scope, page, Wanted(day), after, limit)
    return RegisterPage(lines=[telling.line(one) for one in found.lines], after=found.after)


def problem(request: HttpRequest, status: int, title: str, detail: str, *found: Any) -> HttpResponse:
    english = " ".join(one.message_en for one in found) or english_of(detail)
    told = Problem(
        title=title,
        status=status,
        detail=detail,
        title_en=english_of(title),
        detail_en=english,
        findings=telling.findings(found),
    )
    answer = HttpResponse(told.model_dump_json(), status=status, content_type="application/problem+json")
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, wrong: AuthenticationError) -> HttpResponse:
    detail = "请在 Authorization 中给出有效的令牌：Bearer 加令牌；令牌在“我的令牌”页面领取。"
    return problem(request, 401, "令牌无效", detail)


@api.exception_handler(WrongScope)
@api.exception_handler(NoRight)
def _no_right(request: HttpRequest, wrong: Exception) -> HttpResponse:
    return problem(request, 403, "没有权限", str(wrong))


@api.exception_handler(Unseen)
@api.exception_handler(NotFound)
def _nothing(request: HttpRequest, wrong: Exception) -> HttpResponse:
    return problem(request, 404, "没有找到", str(wrong))


@api.exception_handler(Collision)
@api.exception_handler(KeyUsed)
def _meanwhile(request: HttpRequest, wrong: Exception) -> HttpResponse:
    return problem(request, 409, "没有记入", str(wrong))


@api.exception_handler(TooMany)
def _too_many(request: HttpRequest, wrong: Exception) -> HttpResponse:
    return problem(request, 429, "调用过多", str(wrong))


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return problem(request, 422, "不能办理", str(refused), *refused.findings)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    places = ["{}：{}".format(".".join(str(part) for part in one["loc"]), one["msg"]) for one in wrong.errors]
    return problem(request, 422, "格式有误", "；".join(places))


@api.exception_handler(UnknownMatter)
@api.exception_handler(BadParty)
@api.exception_handler(BadCursor)
@api.exception_handler(BadSpan)
def _wrong(request: HttpRequest, wrong: Exception) -> HttpResponse:
    return problem(request, 422, "不能办理", str(wrong))
