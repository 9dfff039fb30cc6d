"""A preview of the site on this machine alone: a server on the loopback address that answers from memory.

It speaks to nobody else: it listens on 127.0.0.1, and answers only requests that name it so, since otherwise a page
from elsewhere could have a browser read the drafts under a name of its own. Pages get one script of the preview, which
loads them again when the site was made anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote, urlsplit

from kbtool.release.media_types import media_type_of

HOST = "127.0.0.1"
OWN = "/.kbtool-preview/"
"""Where the files of the preview itself are; no document has such a name."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the preview shows: the files of the last good site, and what is wrong with the base now."""

    prefix: str = "/"
    """The path of the base URL: the site is shown below it, as it will be where it is published."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """By path below the prefix; none before the first good site."""
    problem: str = ""
    """The diagnostics; empty where there are none."""

    @property
    def version(self) -> str:
        """Another one whenever anything that is shown is another."""
        found = sha256(f"{self.prefix}\0{self.problem}".encode())
        for path, content in self.files.items():
            found.update(path.encode() + b"\0" + sha256(content).digest())
        return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a request."""

    status: int
    body: bytes = b""
    media_type: str = "text/html"
    location: str = ""
    """Where to look instead, as a path."""


def answer(shown: Shown, version: str, target: str) -> Answer:
    """The answer to a request for `target`; `version` is that of what is shown."""
    path = unquote(urlsplit(target).path)
    if path.startswith(OWN):
        return _own(path.removeprefix(OWN), version)
    if not shown.files:
        return Answer(503, _page(f"<h1>The base cannot be shown</h1><pre>{escape(shown.problem)}</pre>"))
    if not path.startswith(shown.prefix):
        is_near = path == "/" or f"{path}/" == shown.prefix
        return Answer(302, location=shown.prefix) if is_near else _missing(shown)
    name = path.removeprefix(shown.prefix)
    if not name or name.endswith("/"):
        name += "index.html"
    if name in shown.files:
        return Answer(200, _dressed(shown, name), media_type_of(name))
    if f"{name}/index.html" in shown.files:
        return Answer(302, location=f"{shown.prefix}{quote(name)}/")
    return _missing(shown)


def _own(name: str, version: str) -> Answer:
    if name == "reload.js":
        from kbtool.site.templates import asset  # noqa: PLC0415 - the library of templates, only when it is used

        return Answer(200, asset("reload.js"), "text/javascript")
    if name == "version.js":
        return Answer(200, f'kbtoolPreview("{version}");\n'.encode(), "text/javascript")
    return Answer(404, b"there is no such file of the preview\n", "text/plain")


def _missing(shown: Shown) -> Answer:
    return Answer(404, _dressed(shown, "404.html"))


_SCRIPT = f'<script src="{OWN}reload.js" defer></script>'.encode()


def _dressed(shown: Shown, name: str) -> bytes:
    """A file as the preview shows it: pages with its script and, where the base has problems, with those."""
    content = shown.files[name]
    if not name.endswith(".html"):
        return content
    page = content.replace(b"</head>", _SCRIPT + b"</head>", 1)
    if not shown.problem:
        return page
    words = "The base has problems now. This is the site as it was before them."
    notice = f'<div class="notice" role="alert"><strong>{words}</strong><pre>{escape(shown.problem)}</pre></div>'
    return page.replace(b"<body>", b"<body>" + notice.encode(), 1)


def _page(body: str) -> bytes:
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Preview</title>'
    start = f'<!doctype html><html lang="en"><head>{head}'.encode()
    return start + _SCRIPT + f"</head><body><main>{body}</main></body></html>\n".encode()


class PreviewServer(ThreadingHTTPServer):
    """Answers requests with what is shown at the moment; `show` changes that."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        """Listen on a port of the loopback address, 0 for any free one; raises OSError where it is not to be had."""
        super().__init__((HOST, port), _Handler)
        self.now: tuple[Shown, str] = (Shown(problem="the site is being made"), "")

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """Where a browser finds the site."""
        return f"http://{HOST}:{self.port}{self.now[0].prefix}"

    def show(self, shown: Shown) -> None:
        """Show something else from now on."""
        self.now = (shown, shown.version)


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        """Answer with a body."""
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        """Answer without one."""
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        found = self._answer()
        self.send_response(found.status)
        self.send_header("Content-Type", f"{found.media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(found.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if found.location:
            self.send_header("Location", found.location)
        self.end_headers()
        if with_body:
            self.wfile.write(found.body)

    def _answer(self) -> Answer:
        named = self.headers.get("Host", "")
        if named not in {f"{HOST}:{self.server.port}", f"localhost:{self.server.port}"}:
            return Answer(421, b"this preview answers on the loopback address only\n", "text/plain")
        return answer(*self.server.now, self.path)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing: the terminal is for what became of the base."""
