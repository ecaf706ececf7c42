"""The units, posts, accounts and grants of the sample district."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, cast
from uuid import UUID

from fazhi.ledger import today
from fazhi.people import actors, posts, units
from fazhi.people.actors import Actor
from fazhi.reach import grants

BEGUN = date(2019, 1, 1)


@dataclass(frozen=True, slots=True)
class Person:
    """One sample account: how to log in and who it is."""

    user: str
    name: str
    unit: str
    title: str
    account: UUID
    post: UUID


@dataclass(frozen=True, slots=True)
class District:
    """What was laid: units by key, people by user name, places with the key of their subdistrict."""

    units: Mapping[str, UUID]
    people: Mapping[str, Person]
    streets: Mapping[str, str]

    def actor(self, unit: str) -> Actor:
        """One who enters what a unit did."""
        return Actor(account=None, post=None, unit=self.units[unit], powers=frozenset(), face="import", name="示例数据")

    def person(self, user: str, day: date) -> Actor:
        """One of the people in their post, with the rights of the day."""
        return actors.actor_for(self.people[user].account, self.people[user].post, day)


def read(name: str) -> dict[str, Any]:
    """A page of the sample."""
    return tomllib.loads(files("fazhi.cli.sample").joinpath(name).read_text(encoding="utf-8"))


def is_taken() -> bool:
    """Whether units of somebody's own are there."""
    return bool(units.tree_on(today()).units)


def lay(password: str, day: date) -> District:
    """Units, posts, accounts with one password, grants and a deputy; to be called inside a transaction."""
    page = read("district.toml")
    ids: dict[str, UUID] = {}
    names: dict[str, str] = {}
    for line in (*page["unit"], *_subdistricts(page["subdistricts"])):
        parent = ids[line["parent"]] if line.get("parent") else None
        more = {"name_en": line["name_en"], "organ_code": line.get("code", "")}
        ids[line["key"]] = units.found(line["name"], parent=parent, since=BEGUN, kind=line["kind"], **more)
        names[line["key"]] = line["name"]
    people = {person["user"]: _settle(person, ids, names, password) for person in page["person"]}
    for deputy in page["deputy"]:
        until = day + timedelta(days=deputy["days"])
        grants.deputise(
            for_post=people[deputy["of"]].post,
            account=people[deputy["is"]].account,
            since=day - timedelta(days=7),
            until=until,
            secrecy=1,
            reason="示例：外出期间代理",
        )
    return District(ids, people, streets())


def _subdistricts(page: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The subdistricts and their communities as lines of units."""
    rows = zip(page["names"], page["names_en"], page["communities"], page["communities_en"], strict=True)
    for name, english, communities, communities_en in rows:
        key = _key(english)
        yield {
            "key": key,
            "name": f"示例区{name}街道办事处",
            "name_en": f"{english} Subdistrict Office, Sample District",
            "parent": "district",
            "kind": "subdistrict",
        }
        for community, community_en in zip(communities, communities_en, strict=True):
            yield {
                "key": f"{key}.{_key(community_en)}",
                "name": f"示例区{name}街道{community}社区",
                "name_en": f"{community_en} Community, {english} Subdistrict",
                "parent": key,
                "kind": "community",
            }


def streets() -> dict[str, str]:
    """Places by subdistrict, two each in the order of the pages."""
    places = read("names.toml")["places"]
    keys = [_key(english) for english in read("district.toml")["subdistricts"]["names_en"]]
    return {place: keys[number // 2] for number, place in enumerate(places)}


def _key(english: str) -> str:
    return english.replace("'", "").lower()


def _settle(page: Mapping[str, Any], ids: Mapping[str, UUID], names: Mapping[str, str], password: str) -> Person:
    account = posts.open_account(page["user"], page["name"], password)
    post = posts.create(ids[page["unit"]], page["title"], page["powers"], since=BEGUN, title_en=page["title_en"])
    posts.hold(post, account, since=BEGUN)
    if sees := page.get("sees"):
        grants.give(
            unit=ids[sees["unit"]],
            post=post,
            kinds=sees.get("kinds"),
            secrecy=cast(grants.Secrecy, sees["secrecy"]),
            since=BEGUN,
            reason="示例授权",
        )
    return Person(page["user"], page["name"], names[page["unit"]], page["title"], account, post)
