"""Puts the constant SQL of figures into the SQL of the lake: plain types, choices and numbers in maps of text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import sqlglot
from sqlglot import exp

from fazhi.indicators.compile import Statement

LAKE = "duckdb"
EXACT = "decimal(38, 10)"
"""Numbers of the lake are added up with 28 digits before the point and 10 after it, without rounding."""


def in_lake(statements: Sequence[Statement], dialect: str = LAKE) -> tuple[Statement, ...]:
    """The same statements for the lake; they take the same parameters and give the same columns."""
    return tuple(Statement(translate(one.text, dialect), one.wants) for one in statements)


@lru_cache(maxsize=512)
def translate(text: str, dialect: str = LAKE) -> str:
    """One statement in another dialect. Only what the lake has in another type is changed, the rest is parsed and
    written again."""
    tree = sqlglot.parse_one(text, read="postgres")
    return tree.transform(_plain).sql(dialect=dialect)


def _plain(node: exp.Expression) -> exp.Expression:
    """Ids are text, sums are exact, and a word said in a map is reached by its key."""
    if isinstance(node, exp.CTE):
        node.set("materialized", None)  # advice to PostgreSQL alone
        return node
    if isinstance(node, exp.JSONExtractScalar):
        return exp.Bracket(this=node.this.copy(), expressions=[exp.Literal.string(_key(node))])
    if isinstance(node, exp.DataType) and node.is_type(exp.DataType.Type.UUID):
        return exp.DataType.build("text")
    if isinstance(node, exp.DataType) and node.is_type(exp.DataType.Type.DECIMAL) and not node.expressions:
        return exp.DataType.build(EXACT)
    if isinstance(node, exp.Literal) and node.is_string:
        return exp.Literal.string(_single(node.this))
    return node


def _key(node: exp.JSONExtractScalar) -> str:
    """The name that ``->>`` asks for; a path of several names is none of ours."""
    keys = [part for part in node.expression.expressions if isinstance(part, exp.JSONPathKey)]
    if len(keys) != 1:
        raise ValueError(f"不能译成数据湖的语句：{node.sql(dialect='postgres')}")
    return _single(str(keys[0].this))


def _single(text: str) -> str:
    """A percent sign stands doubled beside parameters of PostgreSQL, and once elsewhere."""
    return text.replace("%%", "%")
