"""Another drafter: no shell, no keys in its environment, a time-out, a cap; and the example client against a server."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kbtool.store import drafter
from kbtool.store.drafter import DrafterFailed, ask_drafter

CLIENT = Path(__file__).resolve().parents[2] / "examples/drafter_client.py"
TASK = {"claim_types": {"definition": ["term*"]}, "caveat_kinds": {}, "skip_reasons": {"question": "A question."}}
SENTENCE = {"sentence": 3, "text": "Tea is mild.", "under": ["Tea"], "before": "", "after": "", "lead": "So:"}


def run(code: str, request: bytes = b"", patience: float = 20) -> bytes:
    return ask_drafter(sys.executable, ["-c", code], request, patience)


def test_it_gets_the_request_and_its_output_is_the_answer() -> None:
    assert run("import sys; print(sys.stdin.read().upper())", b"tea") == b"TEA\n"


def test_it_gets_no_keys_and_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    seen = json.loads(run("import json,os; print(json.dumps([dict(os.environ), os.getcwd(), os.listdir()]))"))
    assert "secret" not in json.dumps(seen)
    assert seen[0]["HOME"] == seen[1]
    assert seen[2] == []


def test_there_is_no_shell() -> None:
    assert (
        ask_drafter(sys.executable, ["-c", "import sys; print(sys.argv[1])", "$(echo no); x"], b"", 20)
        == b"$(echo no); x\n"
    )


def test_an_argument_that_names_a_file_from_here_still_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "code.py").write_text("print('here')")
    monkeypatch.chdir(tmp_path)
    assert ask_drafter(sys.executable, ["code.py"], b"", 20) == b"here\n"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import sys; sys.stderr.write('first\\nno model\\n'); sys.exit(4)", "status 4: no model"),
        ("import sys; sys.exit(5)", "status 5"),
        ("import time; time.sleep(60)", "has not answered within"),
        ("import os,time; os.close(1); time.sleep(60)", "does not end"),
    ],
)
def test_what_does_not_end_well_is_refused(code: str, why: str) -> None:
    began = time.monotonic()
    with pytest.raises(DrafterFailed, match=why):
        run(code, patience=1.5)
    assert time.monotonic() - began < 30


def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafter, "MOST_OUTPUT", 100_000)
    with pytest.raises(DrafterFailed, match="answered more than"):
        run("while True: print('x' * 1000)")


def test_a_program_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DrafterFailed, match="there is no program"):
        ask_drafter("kbtool-no-such-program", [], b"", 5)
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o755)
    with pytest.raises(DrafterFailed, match="cannot be started"):
        ask_drafter(str(broken), [], b"", 5)


class _Model(BaseHTTPRequestHandler):
    """A made-up model: it answers each question with what stands in `replies`, the last one again and again."""

    replies: list[str] = []  # noqa: RUF012 - set by each test
    seen: list[tuple[str, str, dict[str, object]]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append((self.path, self.headers.get("Authorization", ""), body))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        content = json.dumps({"choices": [{"message": {"content": reply}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def model() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Model)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    _Model.seen = []
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()


def client(url: str, *more: str) -> list[dict[str, object]]:
    request = "\n".join(map(json.dumps, (TASK, SENTENCE, {**SENTENCE, "sentence": 4}))).encode()
    answer = ask_drafter(sys.executable, [str(CLIENT), "--url", url, "--model", "made-up", *more], request, 30)
    return [json.loads(line) for line in answer.splitlines()]


def test_the_example_client_asks_and_answers(model: str, tmp_path: Path) -> None:
    claim = {"statement": "Tea is mild.", "type": "definition", "fields": {}, "quotes": ["Tea is mild"]}
    _Model.replies = [json.dumps({"claims": [claim]}), json.dumps({"skip": "question"})]
    key = tmp_path / "key"
    key.write_text("made-up-key\n")
    assert client(model, "--key-file", str(key)) == [
        {"sentence": 3, "claims": [claim]},
        {"sentence": 4, "skip": "question"},
    ]
    path, authorisation, body = _Model.seen[0]
    assert (path, authorisation, body["model"]) == ("/v1/chat/completions", "Bearer made-up-key", "made-up")
    assert "Tea is mild." in json.dumps(body)


def test_the_example_client_leaves_out_what_the_model_garbles(model: str) -> None:
    _Model.replies = ["no json", json.dumps({"skip": "question"})]
    assert client(model) == [{"sentence": 4, "skip": "question"}]
    _Model.replies = ["[]"]
    with pytest.raises(DrafterFailed, match="status 1"):
        client(model)
