/* Shows one claim of a kbtool site on another site: <div data-kbtool-claim="https://…/claim.json">…</div>.

   Always with verdict, caveats, standing and day; what cannot be confirmed is never shown as if it held. Text goes in as
   text nodes, never as markup; nothing is stored or sent. What stands in the element before is what readers without
   scripts see; it gives way as soon as this script runs. Reads version 1 of the file's contract, and ignores members it
   does not know. */
(function () {
  "use strict";

  var FORMAT = "kbtool/claim/1";
  var LONGEST_WAIT = 10000; // milliseconds
  var MOST_BYTES = 1000000;
  var DAY = /^\d{4}-\d{2}-\d{2}$/;

  var STYLE = [
    ":host{display:block;color-scheme:light dark;--ink:#1b1f23;--soft:#57606a;--line:#d0d7de;--paper:#fff;--warn:#7a3e00;",
    "--warn-paper:#fff4e5;--link:#0b4f79}",
    "@media (prefers-color-scheme:dark){:host{--ink:#e8eaed;--soft:#a8b0b8;--line:#444c56;--paper:#1b1f23;--warn:#ffb870;",
    "--warn-paper:#33260f;--link:#8ecbff}}",
    ".card{box-sizing:border-box;max-width:40rem;padding:1rem 1.1rem;border:1px solid var(--line);border-radius:.5rem;",
    "background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere;text-align:start}",
    "p,ul{margin:.5rem 0 0}p:first-child{margin:0}.statement{font-weight:600;font-size:1.1rem}",
    ".caveats{padding:.5rem .75rem .5rem 1.75rem;border-inline-start:4px solid var(--warn);background:var(--warn-paper)}",
    ".caveats li+li{margin-top:.25rem}.notice{color:var(--warn);font-weight:600}.small{color:var(--soft);font-size:.875rem}",
    "a{color:var(--link)}a:focus-visible{outline:3px solid var(--link);outline-offset:2px}"
  ].join("");

  function node(name, className, text) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text) { made.appendChild(document.createTextNode(text)); }
    return made;
  }

  function isText(value) { return typeof value === "string" && value.trim() !== ""; }

  function isObject(value) { return typeof value === "object" && value !== null && !Array.isArray(value); }

  function isDay(value) { return typeof value === "string" && DAY.test(value); }

  function address(text, base) {
    try {
      var url = new URL(text, base);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch (error) { return null; }
  }

  function today() { return new Date().toISOString().slice(0, 10); }

  /* Why the file says nothing that may be shown, or null. */
  function flaw(file) {
    if (!isObject(file) || file.format !== FORMAT) { return "the answer is not a claim in a form that is understood"; }
    if (!isText(file.id) || !isText(file.uri) || !address(file.uri) || !isDay(file.as_of)) { return "the answer is incomplete"; }
    if (file.valid_until !== null && !isDay(file.valid_until)) { return "the answer is incomplete"; }
    if (["released", "held", "withdrawn"].indexOf(file.state) < 0 || !isObject(file[file.state])) { return "the answer is incomplete"; }
    if (file.as_of > today()) { return "it is dated " + file.as_of + ", a day that has not come"; }
    if (file.state === "released" ? !isWhole(file.released) : !isText(file[file.state].reason)) { return "the answer is incomplete"; }
    var isOver = file.state !== "withdrawn" && file.valid_until !== null && file.valid_until < today();
    return isOver ? "what it says was valid until " + file.valid_until : null;
  }

  function isWhole(claim) {
    return isText(claim.statement) && isObject(claim.verdict) && isText(claim.verdict.label) &&
      isText(claim.verdict.rationale) && isObject(claim.review) && isText(claim.review.standing_label) &&
      (claim.review.notice === null || isText(claim.review.notice)) && Array.isArray(claim.caveats) &&
      claim.caveats.every(function (caveat) { return isObject(caveat) && isText(caveat.label) && isText(caveat.text); });
  }

  function data(name, className, text) {
    var made = node(name, className, text);
    made.dir = "auto";
    return made;
  }

  function link(url, text) {
    var made = node("a", "", text);
    made.href = url;
    made.rel = "noopener";
    return made;
  }

  function line(className) {
    var made = node("p", className);
    for (var at = 1; at < arguments.length; at += 1) {
      var part = arguments[at];
      made.appendChild(typeof part === "string" ? document.createTextNode(part) : part);
    }
    return made;
  }

  function released(card, file) {
    var claim = file.released;
    card.appendChild(data("p", "statement", claim.statement));
    card.appendChild(line("", node("strong", "", "Verdict: " + claim.verdict.label + ". "), data("span", "", claim.verdict.rationale)));
    card.appendChild(line("notice", "Standing: " + claim.review.standing_label + (claim.review.notice ? ", " + claim.review.notice : "")));
    if (!claim.caveats.length) { return; }
    var list = node("ul", "caveats");
    list.setAttribute("aria-label", "Caveats");
    claim.caveats.forEach(function (caveat) {
      var item = data("li");
      item.appendChild(node("strong", "", caveat.label + ": "));
      item.appendChild(document.createTextNode(caveat.text));
      list.appendChild(item);
    });
    card.appendChild(list);
  }

  function held(card, file) {
    card.appendChild(line("notice", "This claim is held back at present: ", data("span", "", file.held.reason), "."));
  }

  function withdrawn(card, file) {
    var gone = file.withdrawn;
    card.appendChild(line("notice", "This claim was withdrawn" + (isDay(gone.on) ? " on " + gone.on : "") + "."));
    card.appendChild(data("p", "", gone.reason));
    var successor = isText(gone.successor) && file.uri.slice(-file.id.length) === file.id
      ? address(file.uri.slice(0, -file.id.length) + gone.successor) : null;
    if (successor) { card.appendChild(line("", "In its place: ", link(successor, gone.successor))); }
  }

  var SHOWN = { released: released, held: held, withdrawn: withdrawn };

  function foot(file) {
    var title = isObject(file.release) && isText(file.release.title) ? file.release.title : file.id;
    var until = file.valid_until ? ", valid until " + file.valid_until : "";
    return line("small", "As of " + file.as_of + until + ". ", link(address(file.uri), title));
  }

  function unconfirmed(card, url, reason) {
    card.appendChild(line("notice", "Could not confirm that this still stands."));
    card.appendChild(line("small", "No verdict is shown, because " + reason + ". "));
    if (url) { card.appendChild(line("small", link(url, "Look at the source itself"))); }
  }

  function show(root, fill) {
    var card = node("article", "card");
    card.setAttribute("aria-label", "A fact-checked claim");
    fill(card);
    while (root.firstChild) { root.removeChild(root.firstChild); }
    root.appendChild(card);
  }

  function answered(response) {
    if (!response.ok) { throw new Error("the address answered " + response.status); }
    return response.text().then(function (text) {
      if (text.length > MOST_BYTES) { throw new Error("the answer is far too long"); }
      try { return JSON.parse(text); } catch (error) { throw new Error("the answer is no JSON"); }
    });
  }

  function fetched(url) {
    var stop = new AbortController();
    var clock = setTimeout(function () { stop.abort(); }, LONGEST_WAIT);
    return fetch(url, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-cache", signal: stop.signal })
      .then(answered)
      .finally(function () { clearTimeout(clock); });
  }

  function fill(root, element, url, file) {
    var wanted = element.getAttribute("data-kbtool-id");
    var reason = flaw(file) || (wanted && wanted !== file.id ? "the answer is about another claim" : null);
    show(root, function (card) {
      if (reason) { unconfirmed(card, url, reason); return; }
      SHOWN[file.state](card, file);
      card.appendChild(foot(file));
    });
  }

  function mount(element) {
    if (element.shadowRoot) { return; }
    var root = element.attachShadow({ mode: "open" });
    if (root.adoptedStyleSheets) { // older browsers show the card without its looks
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    }
    var url = address(element.getAttribute("data-kbtool-claim") || "", document.baseURI);
    var page = url ? url.replace(/claim\.json$/, "") : null;
    if (!url) { show(root, function (card) { unconfirmed(card, null, "no usable address is given"); }); return; }
    show(root, function (card) { card.appendChild(line("small", "Looking up whether this still stands …")); });
    fetched(url).then(
      function (file) { fill(root, element, page, file); },
      function (error) {
        var reason = error && /^the /.test(error.message) ? error.message : "the address could not be reached";
        show(root, function (card) { unconfirmed(card, page, reason); });
      });
  }

  function mountAll() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-kbtool-claim]"), function (element) {
      try { mount(element); } catch (error) { console.warn("claim-card: this element cannot hold a card; use a div", element); }
    });
  }

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", mountAll); } else { mountAll(); }
})();
