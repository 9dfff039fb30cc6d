"""Who decided what: reviewers by id and roles alone, since names stay with the publisher; decisions; the release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kbtool.site import paths
from kbtool.site.text import counted, long_day

if TYPE_CHECKING:
    from kbtool.release.artifact import Artifact
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.frame import Frame


def decisions_of(frame: Frame) -> Iterator[tuple[str, JsonObject]]:
    """Every decision that a release shows, with the id of the claim it is about."""
    for id_, claim in frame.contents.claims.items():
        for decision in claim["review"]["decisions"]:
            yield id_, decision
    for id_, stone in frame.contents.withdrawn.items():
        if stone["decision"]:
            yield id_, stone["decision"]


def people_of(claims: Iterable[JsonObject]) -> list[JsonObject]:
    """Whose approval holds for any of the claims: id, roles, how many claims and on which day the last; by id."""
    found: dict[str, list[str]] = {}
    roles: dict[str, str] = {}
    for review in (claim["review"] for claim in claims):
        for approver in review["approvers"]:
            roles[approver["id"]] = ", ".join(approver["roles"])
            found.setdefault(approver["id"], []).append(_newest(review["decisions"], approver["id"]))
    return [
        {"id": id_, "roles": roles[id_], "words": f"{counted(len(days), 'claim')}{_last(max(days))}"}
        for id_, days in sorted(found.items())
    ]


def _newest(decisions: Iterable[JsonObject], reviewer: str) -> str:
    """The day of the reviewer's newest decision that counts; empty where the release shows none."""
    return max((str(each["on"]) for each in decisions if each["counts"] and each["reviewer"] == reviewer), default="")


def _last(day: str) -> str:
    return f", the last on {long_day(day)}" if day else ""


def decision_pages(frame: Frame) -> Iterator[Artifact]:
    """A page for each decision: who decided what, when, about which exact content."""
    for id_, decision in decisions_of(frame):
        link = frame.contents.claim_link(id_)
        yield frame.page(
            paths.decision_page(decision["file"]),
            "facts.html",
            f"Decision on {id_}",
            "For auditors",
            eyebrow="A signed decision",
            heading=f"{decision['kind_label']} on {long_day(decision['on'])}",
            lead="It holds for one exact content. When the claim changes, or what it rests on, so does the digest.",
            rows=[
                _row("Claim", id_, path=link["path"]),
                _row("Reviewer", decision["reviewer"], path=paths.reviewer_page(decision["reviewer"])),
                _row("Roles", ", ".join(decision["roles"]) or "none known"),
                _row("Counts", "yes" if decision["counts"] else "no: nothing rests on it"),
                _row("Content", decision["content"], code=True),
                _row("Signed file", decision["file"], code=True),
            ],
        )


def reviewer_pages(frame: Frame) -> Iterator[Artifact]:
    """A page for each reviewer who decided anything that a release shows."""
    made: dict[str, list[tuple[str, JsonObject]]] = {}
    for id_, decision in decisions_of(frame):
        made.setdefault(decision["reviewer"], []).append((id_, decision))
    for reviewer, decided in sorted(made.items()):
        roles = sorted({role for _, decision in decided for role in decision["roles"]})
        yield frame.page(
            paths.reviewer_page(reviewer),
            "facts.html",
            f"Reviewer {reviewer}",
            "For auditors",
            eyebrow="Reviewer",
            heading=reviewer,
            lead="Shown by id and roles alone. The publisher holds names, keys and statements of interests.",
            rows=[_row("Roles", ", ".join(roles) or "none known"), _row("Decisions", f"{len(decided):,}")],
            links_heading="Decisions",
            links=[
                {
                    "before": f"{long_day(decision['on'])}: {decision['kind_label']}",
                    "path": paths.decision_page(decision["file"]),
                    "text": id_,
                    "after": "" if decision["counts"] else "does not count",
                }
                for id_, decision in decided
            ],
        )


def reviewers_of(frame: Frame) -> list[JsonObject]:
    """Everybody who decided anything: id, roles and the number of decisions, by id."""
    found: dict[str, list[JsonObject]] = {}
    for _, decision in decisions_of(frame):
        found.setdefault(decision["reviewer"], []).append(decision)
    return [
        {
            "id": id_,
            "roles": ", ".join(sorted({role for each in made for role in each["roles"]})),
            "words": counted(len(made), "decision"),
        }
        for id_, made in sorted(found.items())
    ]


def release_page(frame: Frame) -> Artifact:
    """The page of the release that the site shows."""
    release, counts = frame.contents.release, frame.contents.release["counts"]
    return frame.page(
        paths.release_page(release["id"]),
        "facts.html",
        f"Release {release['id']}",
        "For auditors",
        eyebrow="Release",
        heading=release["id"],
        lead=release["gate_explanation"],
        show_notice=bool(release["notice"]),
        rows=[
            _row("Digest", release["digest"], code=True),
            _row("As of", f"{long_day(release['as_of'])} (UTC)"),
            _row("Approvals hold until", long_day(release["valid_until"]) or "no approval in it lapses"),
            _row("Follows", release["previous"] or "no release that it names", code=bool(release["previous"])),
            _row("Claims", counted(counts["claims"], "claim"), path=paths.CLAIMS),
            _row("Not shown", f"{counts['held']} held back, {counts['withdrawn']} withdrawn", path=paths.NOT_SHOWN),
            _row("How to check it", "For auditors", path=paths.AUDIT),
        ],
    )


def _row(name: str, words: str, *, path: str | None = None, code: bool = False) -> JsonObject:
    return {"name": name, "words": words, "path": path, "code": code}
