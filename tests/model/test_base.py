"""Field types: the text of a file gets its meaning from the field, and from nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from kbtool.model.base import (
    ClaimId,
    CodedOrNot,
    Count,
    Day,
    DecimalText,
    Digest,
    PartialDay,
    QuantityOrNot,
    Slug,
    StatedOrNot,
    Text,
    Truth,
    Url,
)

GOOD: list[tuple[Any, object, object]] = [
    (Text, "no", "no"),
    (Text, "1.10", "1.10"),
    (Text, "12:30", "12:30"),
    (Slug, "a-1", "a-1"),
    (ClaimId, "a/b-c", "a/b-c"),
    (Digest, "0" * 64, "0" * 64),
    (Day, "2026-02-28", date(2026, 2, 28)),
    (Day, "2024-02-29", date(2024, 2, 29)),
    (Day, date(2026, 1, 1), date(2026, 1, 1)),
    (PartialDay, "2026", "2026"),
    (PartialDay, "2026-12", "2026-12"),
    (PartialDay, "2026-12-31", "2026-12-31"),
    (Count, "0", 0),
    (Count, "999999999999", 999_999_999_999),
    (Count, 7, 7),
    (Truth, "true", True),
    (Truth, "false", False),
    (Truth, True, True),
    (Url, "https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
    (DecimalText, "-0.50", "-0.50"),
    (DecimalText, "1.10", "1.10"),
]

BAD: list[tuple[Any, object]] = [
    (Text, ""),
    (Text, " \n "),
    (Text, ["a"]),
    *((Slug, text) for text in ("", "A", "a_b", "a--b", "-a", "a-", "a b", "é", "a\n", "a" * 101, "../x")),
    *((ClaimId, text) for text in ("a", "a/", "/a", "a/b/c", "../../etc/passwd", "a/B", "a\\b", "a/b\n", "a/%2e")),
    *((Digest, text) for text in ("0" * 63, "0" * 65, "G" * 64, "A" * 64)),
    *(
        (Day, text)
        for text in (
            "2026-02-30",
            "2026-2-3",
            "2026/02/03",
            "20260203",
            "２０２６-02-03",
            "",
            "today",
            "2026-02-03T00:00",
        )
    ),
    (Day, 20260203),
    (Day, ["2026-02-03"]),
    *((PartialDay, text) for text in ("26", "2026-13", "2026-00", "0000", "2026-02-30", "2026-", "2026-02-03 ")),
    *((Count, text) for text in ("-1", "01", "1.0", "1e3", "١", "9" * 13, "9" * 5_000, "", " 1", "0x1")),
    (Count, -1),
    (Count, True),
    (Count, 1.0),
    *((Truth, text) for text in ("yes", "no", "True", "1", "")),
    *((Url, text) for text in ("ftp://a", "javascript:alert(1)", "https://", "https://a b", "//a", 'https://a"b')),
    *((DecimalText, text) for text in ("1,5", ".5", "5.", "+5", "1e5", "05", "−5", "NaN", "", "9" * 5_000)),
]


@pytest.mark.parametrize(("kind", "given", "meant"), GOOD)
def test_a_good_value_means_what_the_field_says(kind: Any, given: object, meant: object) -> None:
    assert TypeAdapter(kind).validate_python(given) == meant


@pytest.mark.parametrize(("kind", "given"), BAD)
def test_a_bad_value_is_refused(kind: Any, given: object) -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(kind).validate_python(given)
    assert len(str(raised.value)) < 20_000


@pytest.mark.parametrize("kind", [StatedOrNot, QuantityOrNot, CodedOrNot])
def test_a_value_is_stated_or_said_not_to_be(kind: Any) -> None:
    adapter = TypeAdapter(kind)
    assert adapter.validate_python("not-stated") == "not-stated"
    with pytest.raises(ValidationError):
        adapter.validate_python("none")
    with pytest.raises(ValidationError):
        adapter.validate_python({"as_stated": "words", "extra": "key"})


def test_a_quoted_value_in_a_message_is_short() -> None:
    with pytest.raises(ValidationError, match=r"'999.*\.\.\.' is not a whole number"):
        TypeAdapter(Count).validate_python("9" * 5_000)
