"""Who acts at the command line where an entry needs a person: an account proves itself and chooses a post it holds."""

from collections.abc import Callable
from typing import Any

import click
from django.contrib.auth import authenticate

from fazhi.ledger import today
from fazhi.people import posts
from fazhi.people.actors import Actor, actors_of
from fazhi.people.login import refusal

Command = Callable[..., Any]


def acting(command: Command) -> Command:
    """Options by which a person says who acts; the password is asked for, or read from the input."""
    for option in (
        click.option("--post", default="", help="以哪个岗位办理，写岗位名称；只担任一个岗位的可以不写。"),
        click.option("--user", required=True, help="办理人的用户名；随后输入密码。"),
    ):
        command = option(command)
    return command


def person(user: str, post: str) -> Actor:
    """The actor, once the password was right and the post is one that the account holds today."""
    password = click.prompt("密码", hide_input=True, err=True)
    account = authenticate(username=user, password=password)
    if account is None:
        raise click.ClickException(refusal())
    held = actors_of(account.pk, today())
    titles = posts.titles(one.post for one in held if one.post)
    found = [one for one in held if not post or (one.post and titles[one.post][0] == post.rpartition("/")[2])]
    if len(found) == 1:
        return found[0]
    told = "、".join(titles[one.post][0] for one in held if one.post) or "没有"
    raise click.ClickException(f"请用 --post 写明以哪个岗位办理。{user} 今天担任的岗位：{told}。")
