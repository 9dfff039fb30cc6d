"""Exporters: a release in, files out. Values only; `kbtool.store` writes them."""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.export.changes import ChangesExporter
from kbtool.export.claimreview import ClaimReviewExporter
from kbtool.export.claims_csv import CsvExporter
from kbtool.export.claims_json import JsonExporter
from kbtool.export.claims_ndjson import NdjsonExporter
from kbtool.export.exporter import (
    Artifact,
    CaveatLost,
    Exported,
    Exporter,
    OutputFile,
    Streamed,
    contracts_of,
    fits,
    run_exporters,
)
from kbtool.export.jsonld import JsonldExporter
from kbtool.export.markdown import MarkdownExporter
from kbtool.export.nanopub import NanopubExporter
from kbtool.export.parquet import ParquetExporter
from kbtool.export.site import SiteExporter
from kbtool.export.sqlite import SqliteExporter
from kbtool.export.webannotation import WebAnnotationExporter

__all__ = [
    "EXPORTERS",
    "Artifact",
    "CaveatLost",
    "Exported",
    "Exporter",
    "OutputFile",
    "Streamed",
    "contracts_of",
    "fits",
    "run_exporters",
]

EXPORTERS: Mapping[str, Exporter] = {
    "json": JsonExporter(),
    "ndjson": NdjsonExporter(),
    "csv": CsvExporter(),
    "claimreview": ClaimReviewExporter(),
    "sqlite": SqliteExporter(),
    "parquet": ParquetExporter(),
    "jsonld": JsonldExporter(),
    "webannotation": WebAnnotationExporter(),
    "nanopub": NanopubExporter(),
    "markdown": MarkdownExporter(),
    "changes": ChangesExporter(),
    "site": SiteExporter(),
}
"""Every exporter, by name."""
