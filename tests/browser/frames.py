"""Many pages of a site at once: each in a frame as large as a screen, in one page that the same server gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_HOST = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body></body></html>'
_LOOK = """async ([paths, size, measure]) => {
  const measured = (0, eval)(measure);
  const look = (path) => new Promise((done, failed) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, {src: path, width: size.width, height: size.height});
    frame.onload = () => {
      try { done([path, measured(frame.contentWindow)]); } catch (error) { failed(`${path}: ${error}`); }
      frame.remove();
    };
    document.body.append(frame);
  });
  const found = [];
  for (let at = 0; at < paths.length; at += 10) {
    found.push(...await Promise.all(paths.slice(at, at + 10).map(look)));
  }
  return found;
}"""


def in_frames(page: Page, server: str, paths: Sequence[str], size: dict[str, int], measure: str) -> dict[str, Any]:
    """What `measure`, a function of a window in JavaScript, says of each page after it has loaded, by path.

    Everything that `visiting` watches is watched in frames too. A page that leads itself elsewhere is an error here.
    """
    host = f"{server}frames.html"
    page.route(host, lambda route: route.fulfill(content_type="text/html", body=_HOST))
    page.goto(host)
    return dict(page.evaluate(_LOOK, [list(paths), size, measure]))
