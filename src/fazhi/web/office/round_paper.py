"""The countersign sheet as a file: the matter, the text, and who answered what and when, for the paper file."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.press import print_form
from fazhi.press.faces import NoFont
from fazhi.press.form import Form
from fazhi.web.faces.due import Due
from fazhi.web.faces.intake import site_name
from fazhi.web.faces.words import day_words, long_day_words, said
from fazhi.web.faces.wrongs import worded
from fazhi.web.office.gate import Here, in_post
from fazhi.web.office.matter import find_page
from fazhi.web.office.sent_round import rounds_told
from fazhi.worklist.values import MatterPage

FORMS: Final[dict[str, tuple[str, Callable[[Form], bytes]]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", print_form.docx),
    "pdf": ("application/pdf", print_form.pdf),
}
WIDTHS: Final = (28, 20, 48, 30, 30)


@never_cache
@require_safe
@in_post
def paper(_request: HttpRequest, here: Here, identity: UUID, entry: int, form: str) -> HttpResponse:
    """One round's sheet as PDF or DOCX."""
    page = find_page(here, identity)
    told = next((one for one in rounds_told(page) if one["entry"] == entry), None)
    if told is None or form not in FORMS:
        raise Http404
    media, write = FORMS[form]
    try:
        data = write(sheet_of(page, told))
    except NoFont as lacking:
        return HttpResponse(worded(str(lacking)), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(data, content_type=media)
    name = f"{_('会签单')}-{page.number or told['day'].isoformat()}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def sheet_of(page: MatterPage, told: dict[str, Any]) -> Form:
    facts = (
        (_("事项"), page.subject or said(page.title)),
        (_("文号"), page.number or _("（未编号）")),
        (_("形式"), told["form"]),
        (_("发起单位"), told["unit"]),
        (_("发起日期"), long_day_words(told["day"])),
        (_("回复截止日"), long_day_words(told["by"])),
        (_("怎样算完成"), told["rule"]),
        (_("结果"), told["state_words"]),
    )
    texts = [(_("文稿"), told["text"])] if told["text"] else []
    for word, closing in ((_("裁定"), told["decided"]), (_("撤销"), told["ended"])):
        if closing:
            texts.append((f"{word} · {long_day_words(closing['day'])} {closing['who']}", closing["reason"]))
    head = (_("单位、岗位"), _("意见"), _("理由、修改意见"), _("谁答复的"), _("日期"))
    digest = _("以上意见所签文稿的摘要") + _("：") + told["digest"]
    return Form(site_name(), _("会签单"), facts, tuple(texts), head, _rows(told), WIDTHS, (digest,))


def _rows(told: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(_row(line, ordered=told["ordered"]) for line in told["lines"])


def _row(line: dict[str, Any], *, ordered: bool) -> tuple[str, ...]:
    place = f"{line['order']}. {line['place']}" if ordered else line["place"]
    answer = line["answer"]
    if answer is None:
        due: Due | None = line.get("due")
        waiting = due.words if due else _("还没有轮到") if line.get("later") else _("没有答复")
        return place, waiting, "", "", ""
    who = " · ".join(part for part in (answer["who"], answer["post"]) if part)
    if answer["deputy"]:
        who += "\n" + _("代理“%(post)s”") % {"post": answer["deputy"]}
    day = day_words(answer["day"], year=True) + (f"\n{_('逾期')}" if line["late"] else "")
    return place, answer["words"], answer["remark"], who, day
