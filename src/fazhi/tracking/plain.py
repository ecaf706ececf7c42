"""What happened, in words for the person whose matter it is; the words of the register are for the office."""

from __future__ import annotations

from fazhi.law import Title

TOLD = {
    "received": Title("已收到您提交的内容", "We have received what you sent"),
    "supplemented": Title("您补充的情况已收到", "We have received what you added"),
    "corrected": Title("您补正的材料已收到", "We have received your corrected papers"),
    "withdrawn": Title("您已撤回", "You withdrew it"),
    "rated": Title("您已评价", "You rated it"),
    "rechecked_asked": Title("您的复查请求已收到", "We have received your request for a recheck"),
    "reviewed_asked": Title("您的复核请求已收到", "We have received your request for a review"),
    "renewal_asked": Title("您的延续申请已收到", "We have received your request for renewal"),
    "answered": Title("已答复您", "We have answered you"),
    "objected": Title("异议已收到", "The objection has been received"),
}
"""By the name of the act, the same in every kind of business."""
ENDED = {
    "withdrawn": Title("已撤回，不再办理", "Withdrawn, not pursued further"),
    "answered": Title("已办结，已答复您", "Closed: we have answered you"),
}


WHETHER = ("notify", "notify_forwarded", "accept", "accept_complex", "examine")
"""Terms within which the office says whether it takes a matter on."""
UNDECIDED = Title("已收到，正在看是否受理", "Received; it is being looked at whether to take it on")


def told(kind: str, title: Title) -> Title:
    """An act as its holder reads it; the rulebook's own words where nothing plainer is known."""
    return TOLD.get(kind, title)


def ended(kind: str, title: Title) -> Title:
    """The state of a matter that this act closed."""
    return ENDED.get(kind) or Title(f"已办结：{title.zh}", f"Closed: {title.english}")
