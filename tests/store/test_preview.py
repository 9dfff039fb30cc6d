"""The preview: what it answers, to whom, and when it sees that a base has changed."""

from __future__ import annotations

import http.client
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbtool.store.preview import HOST, PreviewServer, Shown, answer
from kbtool.store.scaffold import start_base
from kbtool.store.watch import state_of

PAGE = b"<!doctype html><html><head></head><body><main>x</main></body></html>"
SITE = Shown("/claims/", {"index.html": PAGE, "404.html": PAGE, "a/b/index.html": PAGE, "site.css": b"p{}"})


@pytest.mark.parametrize(
    ("target", "status", "location"),
    [
        ("/claims/", 200, ""),
        ("/claims/index.html?x=1", 200, ""),
        ("/claims/a/b/", 200, ""),
        ("/claims/a/b", 302, "/claims/a/b/"),
        ("/claims/site.css", 200, ""),
        ("/", 302, "/claims/"),
        ("/claims", 302, "/claims/"),
        ("/claims/../../etc/passwd", 404, ""),
        ("/claims/%2e%2e/%2e%2e/etc/passwd", 404, ""),
        ("/elsewhere", 404, ""),
        ("/.kbtool-preview/version.js", 200, ""),
        ("/.kbtool-preview/reload.js", 200, ""),
        ("/.kbtool-preview/other", 404, ""),
    ],
)
def test_addresses(target: str, status: int, location: str) -> None:
    found = answer(SITE, "v1", target)
    assert (found.status, found.location) == (status, location)


def test_pages_are_loaded_again_and_other_files_are_as_they_are() -> None:
    page = answer(SITE, "v1", "/claims/").body
    assert b'<script src="/.kbtool-preview/reload.js" defer></script></head>' in page
    assert answer(SITE, "v1", "/claims/site.css").body == b"p{}"
    assert answer(SITE, "v1", "/.kbtool-preview/version.js").body == b'kbtoolPreview("v1");\n'


def test_problems_stand_on_every_page_of_the_last_good_site() -> None:
    bad = Shown(SITE.prefix, SITE.files, problem="a.yaml:1:1: error: <b>")
    assert b"a.yaml:1:1: error: &lt;b&gt;" in answer(bad, "v", "/claims/").body
    assert b"<main>x</main>" in answer(bad, "v", "/claims/").body
    assert bad.version != SITE.version
    never = answer(Shown(problem="<nothing>"), "v", "/")
    assert never.status == 503
    assert b"&lt;nothing&gt;" in never.body


@pytest.fixture
def server() -> Iterator[PreviewServer]:
    """A running preview of the small site above."""
    made = PreviewServer(0)
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    made.show(SITE)
    yield made
    made.shutdown()
    made.server_close()


def asked(server: PreviewServer, method: str, path: str, host: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=10)
    connection.request(method, path, headers={"Host": host})
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found


def test_it_answers_those_who_name_the_loopback_address(server: PreviewServer) -> None:
    """Previews on loopback: a page from elsewhere that has a name of its own led here gets nothing."""
    for host in (f"127.0.0.1:{server.port}", f"localhost:{server.port}"):
        assert asked(server, "GET", "/claims/", host)[0] == 200
    for host in ("evil.example.net", f"evil.example.net:{server.port}", ""):
        assert asked(server, "GET", "/claims/", host)[0] == 421
    assert asked(server, "HEAD", "/claims/site.css", f"localhost:{server.port}") == (200, b"")
    assert asked(server, "POST", "/claims/", f"localhost:{server.port}")[0] == 501
    assert server.address == f"http://127.0.0.1:{server.port}/claims/"


def test_a_port_is_had_once(server: PreviewServer) -> None:
    with pytest.raises(OSError, match="in use"):
        PreviewServer(server.port)


def test_any_change_of_a_base_is_another_state(tmp_path: Path) -> None:
    start_base(tmp_path / "kb")
    root = tmp_path / "kb" / "claims"
    states = [state_of(root)]
    assert state_of(root) == states[0]
    claim = next(root.glob("tea-note/*.yaml"))
    os.utime(claim, ns=(1, 1))
    states.append(state_of(root))
    claim.write_bytes(claim.read_bytes() + b"# more\n")
    states.append(state_of(root))
    claim.unlink()
    states.append(state_of(root))
    (root / "new.yaml").write_text("a: b\n")
    states.append(state_of(root))
    os.utime(tmp_path / "kb" / "schema" / "vocabulary.yaml", ns=(1, 1))
    states.append(state_of(root))
    assert len(set(states)) == len(states)
