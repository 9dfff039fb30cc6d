"""Taking documents in, one after the other: read, draft, write; a file that cannot be taken does not stop the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kbtool.cli.base import Refused, Unusable
from kbtool.cli.progress import progress
from kbtool.cli.source_base import Opened, open_base

if TYPE_CHECKING:
    from kbtool.ingest.document import Document
    from kbtool.ingest.draft_check import Frame
    from kbtool.ingest.draft_files import Drafted
    from kbtool.ingest.draft_records import Intake
    from kbtool.ingest.draft_values import Drafts


@dataclass(frozen=True, slots=True)
class Task:
    """A file to take in, and the id that it gets."""

    file: Path
    id: str

    @property
    def shown(self) -> str:
        """The file as messages name it."""
        return "standard input" if self.file == Path("-") else self.file.as_posix()


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for all files of a run."""

    kb: Path | None
    on: date
    rights: str
    drafter: tuple[str, ...]
    """The other drafter with its arguments; empty for ours."""
    patience: float
    write: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file."""

    task: Task
    problem: str = ""
    """Why it was not taken; empty where it was."""
    hint: str = ""
    document: Document | None = None
    drafted: Drafted | None = None
    """None where it was refused, or was in the base before."""
    refused: tuple[str, ...] = ()
    """What another drafter answered that was not taken, and why."""
    answered: int = 0
    """Sentences that have the other drafter's answer."""


@dataclass(slots=True)
class _Taken:
    """What the base has, and what this run has added: names that may not come again."""

    evidence: set[str]
    statements: set[str]
    files: set[str] = field(default_factory=set)


def run_tasks(tasks: Sequence[Task], settings: Settings, stream: BinaryIO) -> list[Result]:
    """Take every file in; raises Unusable where there is no base to take it into."""
    from kbtool.rules.folding import fold

    opened = open_base(settings.kb, settings.on)
    frame = _frame(opened)
    claims = opened.base.claims.values()
    taken = _Taken(set(opened.base.evidence), {fold(claim.model.statement) for claim in claims})
    results = []
    with progress("reading") as step:
        for done, task in enumerate(tasks):
            step(done, len(tasks))
            results.append(_one(task, settings, opened, frame, taken, stream))
    return results


def _frame(opened: Opened) -> Frame:
    from kbtool.engine.check import terms_of
    from kbtool.ingest.draft_check import Frame

    files = opened.files
    if files.vocabulary is None or files.policy is None:
        raise Unusable("the base has no vocabulary or policy", "run 'kbtool doctor'")
    config = tuple(file for file in files.base if file.name in {"kb.yaml", "reviewers.yaml"})
    folder = opened.base.config.model.schema_.folder
    _check_terms(opened)
    return Frame(config, files.vocabulary, files.policy, terms_of(opened.base), folder)


def _check_terms(opened: Opened) -> None:
    """Raise Unusable where the vocabulary lacks a term that every document needs."""
    vocabulary = opened.base.vocabulary.model
    needed = {
        "skip_reasons": ("question", "heading", "transition", "signpost", "opinion", "call-to-action", "boilerplate"),
        "ratings": ("unverifiable",),
        "stances": ("context",),
        "directness": ("direct",),
        "caveat_kinds": ("untraced-citation",),
    }
    for name, terms in needed.items():
        if missing := [term for term in terms if term not in getattr(vocabulary, name)]:
            what = name.replace("_", " ")
            raise Unusable(
                f"the vocabulary has no {missing[0]!r} among its {what}", "add it, with label and definition"
            )


def _one(task: Task, settings: Settings, opened: Opened, frame: Frame, taken: _Taken, stream: BinaryIO) -> Result:
    """What becomes of one file."""
    from kbtool.ingest.document import Refusal
    from kbtool.ingest.read import read_document
    from kbtool.store.drafter import DrafterFailed
    from kbtool.store.files import FileRefused
    from kbtool.store.intake import read_input

    try:
        content = read_input(task.file, stream)
        document = read_document(content, None if task.file == Path("-") else task.file.name)
        if isinstance(document, Refusal):
            return Result(task, document.reason, document.hint)
        if before := _before(task, document, opened):
            return before
        return _drafted(task, settings, document, opened, frame, taken)
    except (FileRefused, DrafterFailed) as error:
        return Result(task, error.message, error.hint)
    except Refused as error:
        return Result(task, error.message, error.hint)


def _before(task: Task, document: Document, opened: Opened) -> Result | None:
    """The result for a document that the base has, or whose place it has; None for a new one."""
    from hashlib import sha256

    if source := opened.base.sources.get(task.id):
        if source.model.text.digest == sha256(document.text.encode()).hexdigest():
            return Result(task, document=document)
        hint = f"run 'kbtool source update {task.id} FILE' for a new revision, or give another --id"
        return Result(task, f"the base has a document {task.id!r} with another text", hint)
    begins = (f"{task.id}/", f"sources/{task.id}.yaml", f"sources/{task.id}/")
    if standing := next((file.name for file in opened.files.base if file.name.startswith(begins)), None):
        return Result(task, f"{standing!r} stands where the document {task.id!r} would", "give another --id")
    return None


def _drafted(task: Task, settings: Settings, document: Document, opened: Opened, frame: Frame, taken: _Taken) -> Result:
    """Draft the document and write its files; raises FileRefused, Refused or DrafterFailed."""
    from kbtool.cli.review_desk import writing
    from kbtool.ingest.document import Refusal
    from kbtool.ingest.draft_files import drafted
    from kbtool.rules.folding import fold
    from kbtool.schemas.key_order import order_for
    from kbtool.store.intake import write_new

    intake = _intake(task, settings, taken)
    asking = _Asking(task, settings, document, frame) if settings.drafter else None
    made = drafted(document, intake, frame, order_for, asking.redraft if asking else None)
    if isinstance(made, Refusal):
        return Result(task, made.reason, made.hint, document)
    if settings.write:
        with writing():
            write_new(opened.root, made.files)
    taken.evidence |= {name[len("evidence/") : -len(".yaml")] for name in made.files if name.startswith("evidence/")}
    taken.statements |= {fold(each.statement) for each in made.drafts.drafts}
    if asking is None:
        return Result(task, document=document, drafted=made)
    spoilt = (f"{document.text[slice(*span)][:60]!r}: {said}" for span, said in made.refused.items())
    return Result(
        task,
        document=document,
        drafted=made,
        refused=(*asking.refused, *spoilt),
        answered=asking.answered - len(made.refused),
    )


def _intake(task: Task, settings: Settings, taken: _Taken) -> Intake:
    from kbtool.ingest.draft_records import Intake
    from kbtool.ingest.settle import settled

    name = " ".join(settled(task.file.name).split())
    found_at = "standard input" if task.file == Path("-") else f"the file {name!r}"
    return Intake(
        task.id, found_at, settings.on, settings.rights, frozenset(taken.evidence), frozenset(taken.statements)
    )


@dataclass(slots=True)
class _Asking:
    """A question to another drafter, and what came of it."""

    task: Task
    settings: Settings
    document: Document
    frame: Frame
    refused: tuple[str, ...] = ()
    answered: int = 0

    def redraft(self, ours: Drafts) -> Drafts:
        """The drafts with the other drafter's answers in them; raises DrafterFailed."""
        from kbtool.ingest.drafter_claims import take_answers
        from kbtool.ingest.drafter_lines import read_answers, request_lines
        from kbtool.store.drafter import ask_drafter

        vocabulary = self.frame.terms.vocabulary
        program, *arguments = self.settings.drafter
        request = request_lines(self.document, ours, self.task.id, vocabulary)
        answers = read_answers(ask_drafter(program, arguments, request, self.settings.patience))
        taken = take_answers(self.document, ours, answers, Path(program).name, vocabulary)
        self.refused, self.answered = taken.refused, taken.answered
        return taken.drafts
