"""`kbtool rules` and `kbtool explain`."""

from __future__ import annotations

import click

from kbtool.cli.base import Unusable


def _rule_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from kbtool.rules import PAGES

    del ctx, param
    return [name for name in PAGES if name.startswith(incomplete)]


@click.command(short_help="List every rule with its severity.")
@click.option(
    "--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to list."
)
def rules(format_: str) -> None:
    """List every rule: name, severity, what it finds. Locked rules cannot be lowered by a policy or waived.

    \b
    Examples:
      kbtool rules
      kbtool rules --format json
      kbtool explain quote-cuts-negation
    """
    import json
    from dataclasses import asdict

    from kbtool.rules import PAGES

    if format_ == "json":
        click.echo(json.dumps([asdict(page) for page in PAGES.values()], indent=2, ensure_ascii=False))
        return
    width = max(map(len, PAGES))
    for page in PAGES.values():
        locked = "locked" if page.locked else ""
        click.echo(f"{page.name:{width}}  {page.severity.value:7}  {locked:6}  {page.summary}")
    locked_count = sum(page.locked for page in PAGES.values())
    click.echo(f"\n{len(PAGES)} rules, {locked_count} of them locked; 'kbtool explain RULE' says more")


@click.command(short_help="Say what a rule finds, why it matters, how to mend it.")
@click.argument("rule", shell_complete=_rule_names)
def explain(rule: str) -> None:
    """Say what a rule finds, why it matters and how to mend it.

    \b
    Examples:
      kbtool explain quote-not-in-source
      kbtool explain caveat-missing
    """
    from difflib import get_close_matches

    from kbtool.rules import PAGES

    page = PAGES.get(rule)
    if page is None:
        near = get_close_matches(rule, list(PAGES), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "'kbtool rules' lists every rule"
        raise Unusable(f"there is no rule {rule!r}", hint)
    locked = ", locked: no policy can lower it and no waiver can silence it" if page.locked else ""
    click.echo(f"{page.name} ({page.severity.value}{locked})\n")
    for title, text in (("What it finds", page.summary), ("Why it matters", page.why), ("How to mend it", page.mend)):
        click.echo(click.wrap_text(f"{title}: {text}", width=88, subsequent_indent="  ") + "\n")
