"""Commands of a review on a scratch base, as the people in it would type them."""

from __future__ import annotations

from click.testing import Result

from tests.cli.example import output, run
from tests.review.scratch import CLINICIAN, EDITOR, TRIAL, Scratch

ON = "2026-01-20"
SLUG = TRIAL.partition("/")[2]


def words(verb: str, by: str, *more: str, claim: str = SLUG, on: str = ON, key: bool = True) -> tuple[str, ...]:
    """The command line of a decision, signed with the person's own key unless told otherwise."""
    signed = ("--key", f"keys/{by}.pem") if key else ()
    return ("review", verb, claim, "--by", by, "--on", on, *signed, *more)


def refused(*line: str, status: int = 1) -> str:
    """What a command says that must fail with this status: the error, without the hint's indentation."""
    result: Result = run(*line)
    assert result.exit_code == status, result.output
    assert "Traceback" not in result.output
    return result.stderr


def approve_both(on: str = ON) -> None:
    """Let both people approve the trial."""
    for by in (EDITOR, CLINICIAN):
        output(*words("approve", by, on=on))


def shown_digest(claim: str = SLUG) -> str:
    """The digest that `review show` ends with."""
    return output("review", "show", claim, "--as-of", ON).rstrip().splitlines()[-1]


def change(desk: Scratch, old: str, new: str, name: str = f"{TRIAL}.yaml") -> None:
    """Change a passage of a file by hand."""
    path = desk.path_of(name)
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
