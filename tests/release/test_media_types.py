"""Media types."""

from __future__ import annotations

from kbtool.export import EXPORTERS
from kbtool.release.media_types import media_type_of


def test_every_ending_that_is_written_is_known() -> None:
    unknown = {
        path
        for exporter in EXPORTERS.values()
        for path in exporter.files
        if media_type_of(path).endswith("octet-stream")
    }
    assert {path for path in unknown if not path.endswith("*")} == set()


def test_a_name_says_more_than_an_ending() -> None:
    assert media_type_of("feed.json") == "application/feed+json"
    assert media_type_of("parquet/datapackage.json") == "application/vnd.datapackage+json"
    assert media_type_of("changes.json") == "application/json"
    assert media_type_of("feed.atom") == "application/atom+xml"
