"""Days and languages as files spell them."""

from __future__ import annotations

import pytest

from kbtool.ingest.dates import folded_or_none, language_tag, partial_day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (None, None),
        ("2020", "2020"),
        ("2020-3", "2020-03"),
        ("2020-03-04T10:00:00Z", "2020-03-04"),
        ("D:20200109210058-05'00'", "2020-01-09"),
        ("20200109", "2020-01-09"),
        ("5 May 2021", "2021-05-05"),
        ("September 2nd, 2019", "2019-09-02"),
        ("Sept. 2019", "2019-09"),
        ("2020-13-01", None),
        ("03/04/2020", None),
        ("20201", None),
        ("31 February 2020", None),
        ("soon", None),
    ],
)
def test_days(words: str | None, day: str | None) -> None:
    assert partial_day(words) == day


@pytest.mark.parametrize(
    ("words", "tag"),
    [("en", "en"), ("EN_us", "en-us"), ("zh-Hant", "zh-Hant"), ("english", None), ("", None), (None, None)],
)
def test_languages(words: str | None, tag: str | None) -> None:
    assert language_tag(words) == tag


def test_words() -> None:
    assert folded_or_none(" a \n b ") == "a b"
    assert folded_or_none(" ") is None
