"""Installations from before the three administrators were kept apart go on working, and what to part is told."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from district import FOUNDED, District, lay
from fazhi.people import actors, roll, separation
from fazhi.people.models import Post
from fazhi.reach.scope import scope_of

DAY = date(2025, 3, 5)


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def test_a_post_that_granted_beside_its_work_is_parted_and_both_go_on(district: District) -> None:
    Post.objects.filter(pk=district.posts["区长"]).update(powers=["grant", "lead", "record"])
    part = import_module("fazhi.people.migrations.0010_posts_part").part
    part(apps, SimpleNamespace(connection=SimpleNamespace(alias="default")))
    held = {one.post: one for one in actors.actors_of(district.accounts["区长"], DAY)}
    assert held[district.posts["区长"]].powers == {"lead", "record"}
    (own,) = [one for one in held.values() if one.powers == {"grant"}]
    assert next(one for one in roll.posts_on(DAY) if one.id == own.post).since == FOUNDED
    assert not scope_of(own, DAY).kinds & {"appeal", "reconsideration"}, "the new post sees nobody's affairs"
    (conflict,) = separation.conflicts(DAY)
    assert conflict.display == "区长" and "不能同时担任业务岗位" in conflict.why
    assert separation.holders(DAY) == {"administer": (), "grant": ("区长",), "audit": ()}


def test_an_administrator_sees_no_matter_whatever_was_granted(district: District) -> None:
    matter = district.receive("城管局").matter
    Post.objects.filter(pk=district.posts["区长"]).update(powers=["audit"])
    scope = district.scope("区长")
    assert not scope.may_see(matter) and not scope.may_act(matter)
    assert scope.kinds == {"local_page", "reorganisation"} and not scope.acting_units
