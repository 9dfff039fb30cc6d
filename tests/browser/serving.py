"""Files of a site on a loopback address, as a plain web server gives them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kbtool.release.media_types import media_type_of


@dataclass(frozen=True, slots=True)
class Origin:
    """A server: where it is, and what it gives, which a test may change."""

    address: str
    files: dict[str, bytes]


@contextmanager
def serving(files: Mapping[str, bytes], *, shared: bool = False) -> Iterator[Origin]:
    """Serve files by path; with `shared`, pages of other origins may read them (CORS)."""
    given = dict(files)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0].removeprefix("/")
            name = f"{path}index.html" if not path or path.endswith("/") else path
            self.send_response(200 if name in given else 404)
            self.send_header("Content-Type", f"{media_type_of(name)}; charset=utf-8")
            if shared:
                self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            with suppress(ConnectionError):  # a browser that has gone on
                self.wfile.write(given.get(name, b"nothing is here"))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield Origin(f"http://127.0.0.1:{server.server_address[1]}/", given)
    finally:
        server.shutdown()
        server.server_close()
