"""The pages are complete, their links lead somewhere, and what they name exists."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import tomllib
from pathlib import Path

import click
import pytest

import kbtool
from kbtool.cli.lazy import TableGroup
from kbtool.cli.main import COMMANDS, cli
from kbtool.export import EXPORTERS
from kbtool.model.claim import CLAIM_TYPES, ClaimBase
from kbtool.report import FORMATS
from kbtool.rules import PAGES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
GROUPS = {
    name: found for name in COMMANDS if isinstance(found := cli.get_command(click.Context(cli), name), TableGroup)
}
"""The commands that hold commands."""
READ_FIRST = tuple(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"))
PAGE_FILES = (*READ_FIRST, *sorted(DOCS.rglob("*.md")))
OTHER_FILES = (ROOT / ".pre-commit-config.yaml", ROOT / ".github" / "workflows" / "ci.yml", DOCS / "architecture.svg")
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGE_FILES}
EVERYTHING = "\n".join(TEXTS.values())
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = tuple(sorted((ROOT / "kbtool").rglob("*.py")))

LONGEST = 350
LONGER = {"kbtool/model/claim.py": 430}
"""Modules that may be longer: the twelve claim types stand side by side, a sentence a field."""

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?:\$ |\.venv/bin/|`)kbtool ([a-z-]+)(?: ([a-z-]+))?")
_MACHINE = re.compile(r"/(?:home|work|Users|root|tmp)/|pypi|pythonhosted|npmjs|localhost|127\.0\.0\.1", re.IGNORECASE)
_REQUIREMENT = re.compile(r"^([A-Za-z][A-Za-z0-9-]*(?:\[[a-z]+\])?)", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """The anchors that a forge gives to the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name: str) -> None:
    for match in _LINK.finditer(_FENCE.sub("", TEXTS[name])):
        target, _, anchor = (match[1] or match[2]).partition("#")
        if target.startswith(("http://", "https://")):
            continue
        path = (ROOT / name).parent / target if target else ROOT / name
        assert path.is_file(), f"{name} links to {target}"
        assert not anchor or anchor in anchors(path.read_text(encoding="utf-8")), f"{name} links to {target}#{anchor}"


@pytest.mark.parametrize(
    "path", [path for path in sorted(DOCS.glob("*.md")) if path.name != "index.md"], ids=lambda p: p.name
)
def test_the_index_leads_to_every_page(path: Path) -> None:
    assert f"]({path.name})" in TEXTS["docs/index.md"]


def test_the_list_of_decisions_is_whole() -> None:
    decisions = {path.name for path in (DOCS / "decisions").glob("0*.md")}
    assert decisions == set(re.findall(r"\]\((0[^)]+)\)", TEXTS["docs/decisions/README.md"]))
    for name in decisions:
        text = TEXTS[f"docs/decisions/{name}"]
        assert text.startswith(f"# {name[:4]}: ")
        assert [f"## {part}" in text for part in ("Context", "Options", "Outcome")] == [True, True, True], name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_reference(name: str) -> None:
    assert f"\n### kbtool {name}\n" in TEXTS["docs/commands.md"]


@pytest.mark.parametrize("name", GROUPS)
def test_every_command_of_a_group_is_in_the_reference(name: str) -> None:
    headings = re.findall(rf"^#### kbtool {name} (\S+)$", TEXTS["docs/commands.md"], re.MULTILINE)
    assert headings == list(GROUPS[name].table)


@pytest.mark.parametrize("name", PAGES)
def test_every_rule_has_a_whole_page(name: str) -> None:
    page = PAGES[name]
    assert all(part.strip() and not part.endswith(" ") for part in (page.summary, page.why, page.mend))
    assert page.summary.endswith(".")
    assert f"\n## {name}\n" in TEXTS["docs/rules.md"]


def test_every_exporter_and_its_files_are_named() -> None:
    page = TEXTS["docs/use-the-exports.md"]
    files = [file for each in EXPORTERS.values() for file in each.files]
    assert [file for file in files if "/" not in file and f"`{file}`" not in page] == []
    assert [file for file in files if f"`{file.partition('/')[0]}" not in page] == []
    assert [name for name in EXPORTERS if f"| `{name}` |" not in page] == []
    assert [name for name in EXPORTERS if not re.search(rf"\b{name}\b", TEXTS["README.md"])] == []


def test_every_report_format_is_named() -> None:
    assert [name for name in FORMATS if f"`{name}`" not in TEXTS["docs/read-a-diagnostic.md"]] == []


@pytest.mark.parametrize("type_", CLAIM_TYPES)
def test_every_claim_type_and_field_is_in_the_guide(type_: str) -> None:
    row = next(line for line in TEXTS["docs/write-a-claim.md"].splitlines() if line.startswith(f"| `{type_}` |"))
    _, _, _, must, may, _ = row.split("|")
    fields = CLAIM_TYPES[type_].model_fields
    own = [name for name in fields if name not in ClaimBase.model_fields and name != "type"]
    assert re.findall(r"`(\w+)`", must) == [name for name in own if fields[name].is_required()]
    assert re.findall(r"`(\w+)`", may) == [name for name in own if not fields[name].is_required()]


def test_every_command_that_a_page_shows_exists() -> None:
    shown = set(_COMMAND.findall(EVERYTHING))
    names = {name for name, _ in shown if not name.startswith("-")}
    assert {"validate", "export", "report-error"} <= names
    assert names <= set(COMMANDS)
    inside = {(name, word) for name, word in shown if name in GROUPS and word and not word.startswith("-")}
    assert {("review", "approve"), ("audit", "verify")} <= inside
    assert {(name, word) for name, word in inside if word not in GROUPS[name].table} == set()


def test_the_usage_in_the_readme_names_every_command() -> None:
    usage = TEXTS["README.md"].partition("$ kbtool --help")[2].partition("```")[0]
    assert [name for name in COMMANDS if f"\n  {name} " not in usage] == []
    assert cli.help is not None
    assert cli.help.partition("\n")[0] in usage


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_dependency_is_explained(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8")
    page = TEXTS["docs/dependencies.md"].lower()
    wanted = _REQUIREMENT.findall(text)
    assert wanted
    missing = [each for each in wanted if f"### {each.lower()}\n" not in page and f"`{each.lower()}`" not in page]
    assert missing == []


def test_the_layers_are_the_ones_that_are_checked() -> None:
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert "```text\n" + "\n".join(layers) + "\n```" in TEXTS["docs/architecture.md"]
    picture = (DOCS / "architecture.svg").read_text(encoding="utf-8").partition("The layers:")[2]
    drawn = re.findall(r'font-weight="bold">(\w+)<', picture)
    assert drawn == re.findall(r"kbtool\.(\w+)", "\n".join(layers))


@pytest.mark.parametrize("path", [*PAGE_FILES, *OTHER_FILES], ids=lambda path: path.name)
def test_no_page_names_a_machine_or_a_package_host(path: Path) -> None:
    assert _MACHINE.findall(path.read_text(encoding="utf-8")) == []


def test_the_licences_in_the_readme_are_those_of_the_base_and_the_package() -> None:
    kb = (ROOT / "claims" / "kb.yaml").read_text(encoding="utf-8")
    data = re.findall(r"^  data: (\S+)$", kb, re.MULTILINE)
    assert data
    assert all(each in TEXTS["README.md"] for each in (*data, PYPROJECT["project"]["license"]))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_is_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGER.get(path.relative_to(ROOT).as_posix(), LONGEST)


def _all_of(path: Path) -> list[str] | None:
    """What a module's `__all__` lists, or None where it has none."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            found: list[str] = ast.literal_eval(node.value)
            return found
    return None


def _isort_key(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest: the linter's order."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize(
    "path", [path for path in MODULES if _all_of(path)], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_all_is_sorted_and_true(path: Path) -> None:
    names = _all_of(path) or []
    assert names == sorted(names, key=_isort_key)
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    assert [name for name in names if not hasattr(module, name)] == []


def test_every_module_says_what_it_holds() -> None:
    silent = [
        found.name
        for found in pkgutil.walk_packages(kbtool.__path__, "kbtool.")
        if found.name != "kbtool.__main__" and not importlib.import_module(found.name).__doc__
    ]
    assert silent == []
