"""What `kbtool ingest` prints: a line for each file, what to see to, and on request the way to each draft."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kbtool.cli.page import count
from kbtool.report.visible import visible

if TYPE_CHECKING:
    from kbtool.cli.ingest_run import Result
    from kbtool.ingest.document import Document
    from kbtool.ingest.draft_files import Drafted

_SHORT = 100


def result_lines(results: Sequence[Result], *, explain: bool, wrote: bool) -> str:
    """The results as text for a person."""
    lines = [line for result in results for line in _lines(result, explain=explain, wrote=wrote)]
    taken = sum(result.drafted is not None for result in results)
    refused = sum(bool(result.problem) for result in results)
    if len(results) > 1 or refused:
        before = len(results) - taken - refused
        lines.append(f"{count(len(results), 'file')}: {taken} {_verb(wrote)}, {before} there before, {refused} refused")
    if taken:
        lines.append("Not reviewed by a qualified person: a program drafted these claims, and nobody has checked them.")
        if wrote:
            lines.append(
                "next: 'kbtool validate', then edit each draft until it stands alone, find evidence, and have it "
                "reviewed"
            )
    return "\n".join(visible(line) for line in lines)


def _verb(wrote: bool) -> str:
    return "written" if wrote else "would be written"


def _lines(result: Result, *, explain: bool, wrote: bool) -> Iterator[str]:
    name = " ".join(result.task.shown.split())
    if result.problem:
        yield f"{name}: refused: {result.problem}"
        if result.hint:
            yield f"  hint: {result.hint}"
        return
    made, document = result.drafted, result.document
    if made is None or document is None:
        yield f"{name}: is in the base as {result.task.id!r}; nothing is changed"
        return
    yield f"{name}: {_verb(wrote)} as {result.task.id!r}: {_sum(made)}"
    yield f"  types: {_counted(each.type for each in made.drafts.drafts)}"
    if made.drafts.skipped:
        yield f"  skipped: {_counted(each.reason for each in made.drafts.skipped)}"
    yield from (f"  note: {remark}" for remark in document.remarks)
    yield from (f"  drafted plainly: {said}" for said in made.plain)
    if result.answered or result.refused:
        yield f"  the drafter's answers stand for {count(result.answered, 'sentence')}; refused: {len(result.refused)}"
    yield from (f"  refused: {said}" for said in result.refused)
    if explain:
        yield from _explained(document, made)


def _sum(made: Drafted) -> str:
    drafts = made.drafts
    claims, skipped, joints = len(drafts.drafts), len(drafts.skipped), len(drafts.connectives)
    parts = [(len(drafts.sentences), "sentence"), (claims, "draft claim"), (skipped, "skipped passage")]
    return ", ".join(count(*each) for each in [*parts, (joints, "joining word")])


def _counted(names: Iterator[str]) -> str:
    return ", ".join(
        f"{number} {name}" for name, number in sorted(Counter(names).items(), key=lambda each: (-each[1], each[0]))
    )


def _explained(document: Document, made: Drafted) -> Iterator[str]:
    """Every sentence in the order of the text, with what it became and why."""
    parts: list[tuple[int, list[str]]] = []
    for name, each in made.draft_of.items():
        lines = [
            f"  {_short(each.statement)}",
            f"    {name.removesuffix('.yaml')}: {each.type}, confidence {each.confidence}",
        ]
        lines += [f"    - {why}" for why in (*each.why, *(f"to do: {remark}" for remark in each.remarks))]
        parts.append((each.quotes[-1][0], lines))
    for skip in made.drafts.skipped:
        words = _short(" ".join(document.text[slice(*skip.span)].split()))
        parts.append((skip.span[0], [f"  {words}", f"    skipped: {skip.reason}: {skip.cue}"]))
    for _, lines in sorted(parts, key=lambda part: part[0]):
        yield from lines


def _short(words: str) -> str:
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 3]}..."


def result_json(results: Sequence[Result], *, explain: bool, wrote: bool) -> str:
    """The results as JSON for programs."""
    return json.dumps(
        {"files": [_data(result, explain=explain, wrote=wrote) for result in results]}, ensure_ascii=False, indent=2
    )


def _data(result: Result, *, explain: bool, wrote: bool) -> Mapping[str, Any]:
    made, document = result.drafted, result.document
    data: dict[str, Any] = {"file": result.task.shown, "document": result.task.id}
    if result.problem:
        return data | {"outcome": "refused", "reason": result.problem, "hint": result.hint}
    if made is None or document is None:
        return data | {"outcome": "unchanged"}
    data |= {
        "outcome": "written" if wrote else "planned",
        "written_files": sorted(made.files),
        "sentences": len(made.drafts.sentences),
        "remarks": [*document.remarks, *made.plain],
        "drafter_refused": list(result.refused),
        "claims": [_claim(name, each, explain=explain) for name, each in made.draft_of.items()],
        "skipped": [
            {
                "start": each.span[0],
                "end": each.span[1],
                "reason": each.reason,
                **({"cue": each.cue} if explain else {}),
            }
            for each in made.drafts.skipped
        ],
    }
    return data


def _claim(name: str, each: Any, *, explain: bool) -> Mapping[str, Any]:
    data = {
        "id": name.removesuffix(".yaml"),
        "type": each.type,
        "statement": each.statement,
        "confidence": each.confidence,
        "central": each.central.score,
        "causal_language": each.causal.kind,
        "caveats": [caveat.kind for caveat in each.caveats],
    }
    return data | ({"why": list(each.why), "to_do": list(each.remarks)} if explain else {})
