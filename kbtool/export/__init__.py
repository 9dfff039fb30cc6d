"""Exporters: a release in, files out. Values only; `kbtool.store` writes them."""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.export.claims_csv import CsvExporter
from kbtool.export.claims_json import JsonExporter
from kbtool.export.claims_ndjson import NdjsonExporter
from kbtool.export.exporter import Artifact, CaveatLost, Exported, Exporter, run_exporters

__all__ = ["EXPORTERS", "Artifact", "CaveatLost", "Exported", "Exporter", "run_exporters"]

EXPORTERS: Mapping[str, Exporter] = {
    "json": JsonExporter(),
    "ndjson": NdjsonExporter(),
    "csv": CsvExporter(),
}
"""Every exporter, by name."""
