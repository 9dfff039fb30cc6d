"""The closed, frozen base of every record model and the field types they share.

The strict YAML loader gives text, lists and mappings only; each field type here gives that text its meaning.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError

SCHEMA_VERSION = 1
"""The version of the record format that this code reads and writes; `kb.yaml` names the one a base is in."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,11}")


class Model(BaseModel):
    """Closed (an unknown key is an error) and frozen; the docstring under a field is its description everywhere."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise PydanticCustomError("date_form", "{value} is not a date written as YYYY-MM-DD", {"value": _quoted(value)})
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError(
            "date_form", "{value} is not a day of the calendar", {"value": _quoted(value)}
        ) from None


def _partial_day(value: str) -> str:
    _date(value + "-01-01"[len(value) - 4 :])
    return value


def _whole_number(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    raise PydanticCustomError(
        "number_form", "{value} is not a whole number of at most 12 digits", {"value": _quoted(value)}
    )


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in {"true", "false"}:
        return value == "true"
    raise PydanticCustomError("truth_form", "{value} is neither 'true' nor 'false'", {"value": _quoted(value)})


_KINDS: Mapping[type, str] = {list: "a list", dict: "a mapping"}


def _quoted(value: object) -> str:
    if not isinstance(value, str):
        return _KINDS.get(type(value), "this value")
    return repr(value if len(value) <= 60 else f"{value[:57]}...")


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank_text", "text is empty")
    return value


Text = Annotated[str, AfterValidator(_not_blank)]
"""Words for a person to read; never blank."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
"""Lower-case words and digits joined by single hyphens."""

ClaimId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)]
"""`<document>/<slug>`: the claim's file below the base, without its ending."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in lower-case hexadecimal."""

Day = Annotated[date, BeforeValidator(_date)]
"""A calendar day, `YYYY-MM-DD`."""

PartialDay = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(_partial_day)
]
"""A year, month or day of the calendar: YYYY, YYYY-MM or YYYY-MM-DD."""

Count = Annotated[int, BeforeValidator(_whole_number), Field(ge=0)]
"""A whole number from 0."""

Truth = Annotated[bool, BeforeValidator(_truth)]
"""`true` or `false`; no other spelling."""

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=2000)]
"""An absolute web address."""

DecimalText = Annotated[str, StringConstraints(pattern=r"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?$")]
"""A decimal number kept as text, so that no digit is gained or lost."""


def term(vocabulary: str) -> Any:
    """A field whose value is an id of the named vocabulary list; the generated schema offers its terms."""
    return Field(json_schema_extra={"x-kbtool-vocabulary": vocabulary})


class Stated(Model):
    """A value as the document words it."""

    as_stated: Text
    """The words of the document, verbatim."""


class Quantity(Model):
    """A quantity as the document words it, with its number where it gives one."""

    as_stated: Text
    """The words of the document, verbatim."""
    value: DecimalText | None = None
    """The number that those words give, as a decimal; absent where they give none."""
    unit: Text | None = None
    """The unit of the number, in UCUM where one exists."""


class Coded(Model):
    """A value as the document words it, with the vocabulary term that it amounts to."""

    as_stated: Text
    """The words of the document, verbatim."""
    code: Slug
    """The vocabulary term for those words."""


NOT_STATED = "not-stated"
"""Says that the document gives no value, where leaving the field out could look like an oversight."""


def _stated_or_not(value: object) -> str:
    return NOT_STATED if isinstance(value, str) else "stated"


NotStated = Annotated[Literal["not-stated"], Tag(NOT_STATED)]
StatedOrNot = Annotated[Annotated[Stated, Tag("stated")] | NotStated, Discriminator(_stated_or_not)]
QuantityOrNot = Annotated[Annotated[Quantity, Tag("stated")] | NotStated, Discriminator(_stated_or_not)]
CodedOrNot = Annotated[Annotated[Coded, Tag("stated")] | NotStated, Discriminator(_stated_or_not)]
