"""One nanopublication a claim, a retraction for each withdrawn one, all of them in one stream, and an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.exporter import Artifact, CaveatLost, OutputFile, Streamed
from kbtool.export.nanopub_before import INDEX_PATH
from kbtool.export.nanopub_graphs import Nanopub, claim_nanopub, retraction
from kbtool.export.nanopub_setting import CONTRACT, NAMESPACES, Setting, setting_of
from kbtool.export.trig import Names, prefix_lines, trig
from kbtool.release.jsontext import pretty, rows_of
from kbtool.release.parts import EarlierNanopubs
from kbtool.release.uris import claim_uri
from kbtool.release.view import document_parts, header_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.release.release import Release

FOLDER = "nanopub"
_NOTHING = EarlierNanopubs(())
_OF_RELEASE = (
    "id",
    "digest",
    "previous",
    "as_of",
    "valid_until",
    "gate",
    "title",
    "base_url",
    "notice",
    "licences",
    "intended_use",
)
"""What the index repeats of the release."""


@dataclass(frozen=True, slots=True)
class NanopubExporter:
    """One nanopublication a claim."""

    name: str = "nanopub"
    purpose: str = "for stores of nanopublications, and for whoever cites a single claim by a digest of its words"
    standard: str = "Nanopublication guidelines (2013), with trusty URIs (module RA, version 1), in TriG"
    contract: str = CONTRACT
    files: tuple[str, ...] = (
        f"{FOLDER}/*/*.trig",
        f"{FOLDER}/withdrawn/*/*.trig",
        f"{FOLDER}/all.trig",
        INDEX_PATH,
    )
    cannot_carry: tuple[str, ...] = (
        "editors' notes",
        "signatures: networks of nanopublications take RSA keys only, and reviewers sign with Ed25519",
        "which nanopublications it takes the place of, unless it is told of the release before with --previous",
        "the stored texts",
        "the vocabulary's definitions",
        "what an evidence record says beyond what each claim shows of it",
    )

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """A file for each claim and each withdrawn one, `all.trig` with all of them, `index.json` that lists them."""
        setting, parts = setting_of(header_of(release)), document_parts(release)
        claims, withdrawn = _Shelf(setting), _Shelf(setting)
        for claim in rows_of(parts, "claims"):
            before = _addresses(release.nanopubs.get(claim["id"], _NOTHING))
            made = claim_nanopub(claim, setting, before)
            yield claims.put(f"{FOLDER}/{claim['id']}.trig", made, {**_listed(claim), "supersedes": before})
        for tombstone in rows_of(parts, "withdrawn"):
            earlier = release.nanopubs.get(tombstone["id"], _NOTHING)
            made = retraction(tombstone, setting, earlier)
            yield withdrawn.put(f"{FOLDER}/withdrawn/{tombstone['id']}.trig", made, _gone(tombstone, earlier))
        files = claims.files + withdrawn.files
        yield Streamed(f"{FOLDER}/all.trig", lambda: (file.content for file in files))
        held = [_kept_back(each, release.nanopubs) for each in rows_of(parts, "held")]
        yield Artifact(INDEX_PATH, pretty(_index(setting, claims.entries, withdrawn.entries, held)))


class _Shelf:
    """Takes up nanopublications as files, and an entry of the index for each."""

    def __init__(self, setting: Setting) -> None:
        self._names = Names({"sub": setting.part(""), "this": setting.blank, **NAMESPACES})
        self.files: list[Artifact] = []
        self.entries: list[JsonObject] = []

    def put(self, path: str, made: Nanopub, entry: JsonObject) -> Artifact:
        """The file of a nanopublication."""
        prefixes = {"sub": f"{made.address}#", "this": made.address, **NAMESPACES}
        text = prefix_lines(prefixes) + trig(made.blanked, self._names)
        self.files.append(Artifact(path, text.encode()))
        self.entries.append({**entry, "nanopub": made.address, "file": path})
        return self.files[-1]


def _listed(claim: JsonObject) -> JsonObject:
    review = claim["review"]
    standing = {name: review[name] for name in ("standing", "standing_label", "notice")}
    return {"claim": claim["id"], **standing, "caveats": len(claim["caveats"])}


def _gone(tombstone: JsonObject, earlier: EarlierNanopubs) -> JsonObject:
    told = {name: tombstone[name] for name in ("on", "reason", "successor")}
    before = {"retracts": list(earlier.said), "supersedes": list(filter(None, [earlier.retraction]))}
    return {"claim": tombstone["id"], **told, **before}


def _kept_back(held: JsonObject, before: Mapping[str, EarlierNanopubs]) -> JsonObject:
    return {**held, "earlier": _addresses(before.get(held["id"], _NOTHING))}


def _addresses(earlier: EarlierNanopubs) -> list[str]:
    """All that earlier nanopublications of a claim are called."""
    return [*earlier.said, *filter(None, [earlier.retraction])]


def _index(
    setting: Setting, current: list[JsonObject], retractions: list[JsonObject], held: list[JsonObject]
) -> JsonObject:
    """Every nanopublication of the release; one that is not in `current` says nothing that still stands."""
    gone = [each["claim"] for each in retractions] + [each["id"] for each in held]
    lists = ("supersedes", "retracts", "earlier")
    replaced = {address for each in (*current, *retractions, *held) for name in lists for address in each.get(name, ())}
    return {
        "contract": CONTRACT,
        "release": {name: setting.header[name] for name in _OF_RELEASE},
        "current": current,
        "retractions": retractions,
        "held": held,
        "invalidated": sorted(replaced | {claim_uri(setting.stem, id_) for id_ in gone}),
    }
