"""`kbtool completion`."""

from __future__ import annotations

import click

from kbtool.cli.base import Unusable

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_KBTOOL_COMPLETE"


@click.command(short_help="Print the completion script for a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that lets SHELL complete commands, options and record ids of kbtool with the Tab key.

    \b
    Install it once; new shells then have it:
      bash   kbtool completion bash > ~/.kbtool-completion.bash
             echo 'source ~/.kbtool-completion.bash' >> ~/.bashrc
      zsh    kbtool completion zsh > ~/.kbtool-completion.zsh
             echo 'source ~/.kbtool-completion.zsh' >> ~/.zshrc
      fish   kbtool completion fish > ~/.config/fish/completions/kbtool.fish

    Zsh needs 'autoload -Uz compinit && compinit' in ~/.zshrc before that line. Bash must be 4.4 or newer.

    \b
    Examples:
      kbtool completion bash
      source <(kbtool completion bash)     try it in this shell only
    """
    from click.shell_completion import get_completion_class

    from kbtool.cli.main import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise Unusable(f"there is no completion for {shell!r}", f"there is one for {', '.join(SHELLS)}")
    made = kind(cli, {}, "kbtool", _VARIABLE)
    click.echo(made.source_template % made.source_vars())
