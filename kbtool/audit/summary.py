"""The summary for people: one static page, every text escaped, no script, nothing loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from kbtool.audit.held import Held
from kbtool.report.visible import visible

_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}.loud{border:3px solid #8a1c1c;padding:.5rem 1rem}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


def summary_of(held: Held, statement: dict[str, Any]) -> bytes:
    """The page, from the held base and what the bundle states of it."""
    title = _e(f"Audit bundle: {statement['title']}")
    language = _e(held.base.config.model.language)
    head = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_e(_POLICY)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
    parts = (*_trust(statement), *_standings(statement), *_claims(held, statement, language), *_rest(statement))
    return (head + "".join(f"{part}\n" for part in parts) + "</body>\n</html>\n").encode()


def _e(text: object) -> str:
    """Text as it may stand in HTML, with characters that deceive the eye made visible."""
    return escape(visible(str(text)))


def _trust(statement: dict[str, Any]) -> Iterator[str]:
    yield f"<p>Standings as of {_e(statement['as_of'])} (UTC). Made by {_e(statement['tool'])}.</p>"
    yield "<p>This page is for reading and proves nothing. VERIFY.md, one folder up, says how to check.</p>"
    if not (statement["governance"] and statement["log"]):
        yield '<p class="loud">No root keys or no log stand behind this: it is consistent, not authenticated.</p>'
    if statement["problems"]:
        yield '<h2 class="loud">What does not hold</h2>'
        yield _table(("file", "what"), [(p["file"], p["message"]) for p in statement["problems"]])


def _standings(statement: dict[str, Any]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for claim in statement["claims"].values():
        counts[claim["standing"]] = counts.get(claim["standing"], 0) + 1
    yield "<h2>Standings</h2>"
    yield _table(("standing", "claims"), sorted(counts.items()))


def _claims(held: Held, statement: dict[str, Any], language: str) -> Iterator[str]:
    yield "<h2>Claims</h2>"
    yield "<table><thead><tr><th>claim</th><th>statement</th><th>standing</th><th>decisions</th></tr></thead><tbody>"
    for id_, claim in statement["claims"].items():
        words = held.base.claims[id_].model.statement
        yield (
            f'<tr><td><a href="claims/{_e(id_)}.yaml">{_e(id_)}</a></td><td lang="{language}">{_e(words)}</td>'
            f"<td><strong>{_e(claim['standing'])}</strong>: {_e(claim['reason'])}</td><td>{_decisions(claim)}</td></tr>"
        )
    yield "</tbody></table>"


def _decisions(claim: dict[str, Any]) -> str:
    return "<br>".join(
        f'{_e(d["on"])} {_e(d["by"])}: <a href="claims/{_e(d["file"])}">{_e(d["decision"])}</a>'
        + (f" (does not count: {_e(d['why_not_counted'])})" if d["why_not_counted"] else "")
        + (" (in no checkpoint yet)" if d["logged"] is None else "")
        for d in claim["decisions"]
    )


def _rest(statement: dict[str, Any]) -> Iterator[str]:
    yield "<h2>Policies that decisions name</h2>"
    yield _table(
        ("digest", "decisions", "in this bundle"),
        [(p["digest"], p["decisions"], p["held"]) for p in statement["policies"]],
    )
    yield "<h2>Texts left out</h2>"
    out = statement["texts_left_out"]
    yield _table(("document", "why"), [(document, "its rights allow quotes only") for document in out])


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return "<p>None.</p>"
    head = "".join(f"<th>{_e(name)}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{_e(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
