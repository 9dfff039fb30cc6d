// Search and facets on the list of claims. The list works without this; here its place is taken by what was found.
// Everything from the index goes into the page as text, never as markup. What is sought stands in the address after "#",
// so that it can be kept and sent. Reads version 1 of the index; see kbtool/site/search_index.py for its form.
"use strict";

(() => {
  const FORMAT = "kbtool/search/1";
  const STEP = 25; // results that are shown at once
  const WEIGHTS = [8, 6, 5, 3, 3]; // of statement, id, caveats, titles of evidence, quotes: the heaviest first
  const NO_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
  const LETTER = /[\p{L}\p{N}]/u;
  const SVG = "http://www.w3.org/2000/svg";

  const place = document.getElementById("facets");
  const list = document.getElementById("claim-list");
  if (!place || !list) {
    globalThis.kbtoolSearchPart = () => {}; // a page without claims has nothing to search
    return;
  }
  const pager = document.querySelector(".pager");

  let head = null;
  const parts = [];
  let claims = null; // all of them, once every part is there
  let shown = STEP;
  const chosen = {}; // codes chosen of each facet
  const ui = {};

  /* Texts */

  // Letters without marks and case, quotes and dashes of one kind, so that what is typed is found as it is spelled.
  const fold = (text) => {
    if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
    return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase()
      .replace(/[\u2018\u2019\u02bc]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/[\u2010-\u2015\u2212]/g, "-").replace(/\s+/g, " ");
  };

  // Words and "whole phrases" of a query; a plural finds its singular too.
  const wordsOf = (query) =>
    Array.from(fold(query).matchAll(/"([^"]+)"|[^\s"]+/g), (found) => {
      const text = (found[1] ?? found[0]).trim();
      const stem = !found[1] && /^[a-z]{3,}[^s]s$/.test(text) ? text.slice(0, -1) : text;
      return { text, stem, anywhere: !LETTER.test(stem.slice(0, 1)) || NO_SPACES.test(stem) };
    }).filter((word) => word.stem);

  const isLetterAt = (text, at) => {
    const code = text.charCodeAt(at);
    if (code < 128) return (code > 96 && code < 123) || (code > 47 && code < 58);
    return LETTER.test(text[at]);
  };

  // 0 where a text lacks the word, 1 where one of its words begins so, 2 where it has the very word.
  const fits = (text, word) => {
    let best = 0;
    for (let at = text.indexOf(word.stem); at >= 0 && best < 2; at = text.indexOf(word.stem, at + 1)) {
      if (at && !word.anywhere && isLetterAt(text, at - 1)) continue;
      const end = at + word.text.length;
      best = Math.max(best, text.startsWith(word.text, at) && (end >= text.length || !isLetterAt(text, end)) ? 2 : 1);
    }
    return best;
  };

  // How well a claim fits the words: 0 where one of them is missing.
  const score = (claim, words) => {
    let sum = 0;
    for (const word of words) {
      if (!claim.text.includes(word.stem)) return 0;
      let best = 0;
      for (let at = 0; at < WEIGHTS.length && best < WEIGHTS[at] * 2; at += 1) {
        best = Math.max(best, WEIGHTS[at] * fits(claim.texts[at], word));
      }
      if (!best) return 0;
      sum += best;
    }
    return sum;
  };

  /* The index */

  const claimOf = (row, texts) => {
    const [id, type, verdict, standing, notice, caveats, statement, quotes, evidence] = row;
    const own = caveats.map(([kind, text]) => ({ kind, label: ui.labels.caveat.get(kind) ?? kind, text: texts[text] }));
    const said = own.map((caveat) => `${caveat.label}. ${caveat.text}`);
    const folded = [[statement], [id], said, evidence.map((text) => texts[text]), quotes].map((each) => fold(each.join(" | ")));
    return {
      id, statement, caveats: own, notice: notice < 0 ? "" : texts[notice],
      codes: {
        type: [type], verdict: [verdict], standing: [standing], document: [id.slice(0, id.indexOf("/"))],
        caveat: own.length ? Array.from(new Set(own.map((caveat) => caveat.kind))) : ["-"],
      },
      texts: folded,
      text: folded.join(" | "),
    };
  };

  const take = (number, value) => {
    if (number) {
      parts[number - 1] = value.rows.map((row) => claimOf(row, value.texts));
      let there = 0;
      for (const part of parts) if (part) there += 1; // a part that has not come yet is a hole
      if (there === head.parts) claims = parts.flat();
      seek();
      return;
    }
    if (value.format !== FORMAT) return;
    head = value;
    build();
    for (let part = 1; part <= head.parts; part += 1) {
      const script = document.createElement("script");
      script.src = `search-index-${part}.js`;
      script.onerror = () => { ui.status.textContent = "The index could not be read; the list below has all claims."; };
      document.head.append(script);
    }
    seek();
  };

  globalThis.kbtoolSearchPart = (number, text) => take(number, JSON.parse(text));

  /* What is sought, in the address */

  const readAddress = () => {
    const address = new URLSearchParams(location.hash.slice(1));
    ui.box.value = address.get("q") ?? "";
    for (const facet of head.facets) {
      const codes = new Set((address.get(facet.key) ?? "").split(",").filter(Boolean));
      chosen[facet.key] = codes;
      for (const [code, { box }] of ui.terms[facet.key]) box.checked = codes.has(code);
    }
  };

  const writeAddress = () => {
    const address = new URLSearchParams();
    if (ui.box.value.trim()) address.set("q", ui.box.value.trim());
    for (const facet of head.facets) if (chosen[facet.key].size) address.set(facet.key, Array.from(chosen[facet.key]).join(","));
    const text = address.toString();
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  };

  /* Seeking */

  // Claims that fit, the best first; and how many there would be with each term, the other facets as they are.
  const sought = (words) => {
    const keys = head.facets.map((facet) => facet.key);
    const active = keys.filter((key) => chosen[key].size);
    const counts = Object.fromEntries(keys.map((key) => [key, new Map()]));
    const byRank = new Map();
    for (const claim of claims) {
      const rank = words.length ? score(claim, words) : 1;
      if (!rank) continue;
      const failing = active.filter((key) => !claim.codes[key].some((code) => chosen[key].has(code)));
      if (failing.length > 1) continue;
      for (const key of failing.length ? failing : keys) {
        for (const code of claim.codes[key]) counts[key].set(code, (counts[key].get(code) ?? 0) + 1);
      }
      if (failing.length) continue;
      if (!byRank.has(rank)) byRank.set(rank, []);
      byRank.get(rank).push(claim);
    }
    const ranks = Array.from(byRank.keys()).sort((a, b) => b - a);
    return { found: ranks.flatMap((rank) => byRank.get(rank)), counts };
  };

  const isSought = () => Boolean(ui.box.value.trim()) || head.facets.some((facet) => chosen[facet.key].size);

  const seek = () => {
    const wanted = isSought();
    list.hidden = wanted && claims !== null;
    if (pager) pager.hidden = list.hidden;
    ui.results.hidden = !list.hidden;
    ui.clear.hidden = !wanted;
    if (!claims) {
      ui.status.textContent = head.parts ? "The index is being read …" : "There is no claim to search.";
      return;
    }
    const begun = performance.now();
    const words = wordsOf(ui.box.value);
    const { found, counts } = sought(words);
    tell(counts);
    const absent = words.length ? head.absent.filter((each) => words.every((word) => fits(fold(each[0]), word))) : [];
    ui.status.textContent = wanted ? sentence(found.length, absent.length) : `${head.total.toLocaleString("en")} claims`;
    ui.results.replaceChildren();
    ui.more.hidden = true;
    if (wanted) fill(found, absent, words);
    performance.measure("kbtool-search", { start: begun, end: performance.now() });
  };

  const sentence = (number, absent) => {
    const of = `of ${head.total.toLocaleString("en")} claims`;
    const more = absent ? ` ${absent} that ${absent === 1 ? "is" : "are"} not shown ${absent === 1 ? "has" : "have"} such a name.` : "";
    return `${number ? number.toLocaleString("en") : "None"} ${of}.${more}`;
  };

  const tell = (counts) => {
    for (const facet of head.facets) {
      for (const [code, term] of ui.terms[facet.key]) {
        const number = counts[facet.key].get(code) ?? 0;
        term.count.textContent = number.toLocaleString("en");
        term.line.classList.toggle("is-empty", !number && !term.box.checked);
      }
      const on = chosen[facet.key].size;
      ui.on[facet.key].textContent = on ? ` (${on} chosen)` : "";
    }
  };

  const fill = (found, absent, words) => {
    for (const each of found.slice(0, shown)) ui.results.append(item(each, words));
    for (const each of found.length > shown ? [] : absent) ui.results.append(absentItem(each));
    ui.more.hidden = found.length <= shown;
    ui.more.textContent = `Show ${Math.min(STEP, found.length - shown)} more`;
  };

  /* The page */

  const node = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children); // texts become text nodes
    return made;
  };

  const data = (name, className, ...children) => {
    const made = node(name, className, ...children);
    made.dir = "auto";
    if (head.language !== "en") made.lang = head.language;
    return made;
  };

  const symbol = (code) => {
    const [css, line, solid] = head.marks[code];
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of [["class", "sym"], ["viewBox", "0 0 16 16"], ["width", "16"], ["height", "16"], ["aria-hidden", "true"], ["focusable", "false"]]) svg.setAttribute(name, value);
    for (const [path, className] of [[line, ""], [solid, "solid"]]) {
      if (!path) continue;
      const drawn = document.createElementNS(SVG, "path");
      drawn.setAttribute("d", path);
      if (className) drawn.setAttribute("class", className);
      svg.append(drawn);
    }
    return { css, svg };
  };

  const chip = (code) => {
    const { css, svg } = symbol(code);
    return node("span", `chip ${css}`, svg, node("span", "", ui.labels.verdict.get(code)));
  };

  // The text with what was sought marked; as it is where folding has moved its letters.
  const marked = (text, words) => {
    const folded = fold(text);
    if (folded.length !== text.length) return [text];
    const cuts = [];
    for (const word of words) {
      for (let at = folded.indexOf(word.stem); at >= 0; at = folded.indexOf(word.stem, at + 1)) {
        if (at && !word.anywhere && isLetterAt(folded, at - 1)) continue;
        cuts.push([at, at + (folded.startsWith(word.text, at) ? word.text : word.stem).length]);
      }
    }
    cuts.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const pieces = [];
    let last = 0;
    for (const [start, end] of cuts) {
      if (start < last) continue;
      pieces.push(text.slice(last, start), node("mark", "hit", text.slice(start, end)));
      last = end;
    }
    return [...pieces, text.slice(last)];
  };

  const item = (claim, words) => {
    const [type, verdict, standing] = [claim.codes.type[0], claim.codes.verdict[0], claim.codes.standing[0]];
    const state = ui.labels.standing.get(standing) + (claim.notice ? `: ${claim.notice}` : "");
    const link = data("a", "", ...marked(claim.statement, words));
    link.href = `${claim.id}/index.html`;
    const number = claim.caveats.length;
    const made = node("li", "item",
      node("p", "item-head", chip(verdict), " ", node("span", "item-type", ui.labels.type.get(type)), " ",
        node("span", claim.notice ? "item-standing open" : "item-standing", state), " ",
        node("span", "item-count", number ? `${number} caveat${number === 1 ? "" : "s"}` : "")),
      node("p", "item-statement", link));
    if (!number) {
      made.append(node("p", "item-none", "No caveat is recorded."));
    } else {
      const caveats = node("ul", "item-caveats", ...claim.caveats.map((caveat) => data("li", "", node("b", "", `${caveat.label}.`), " ", ...marked(caveat.text, words))));
      caveats.setAttribute("aria-label", "Caveats");
      made.append(caveats);
    }
    made.dataset.claim = claim.id;
    return made;
  };

  const absentItem = ([id, state, reason]) => {
    const link = node("a", "", id);
    link.href = `${id}/index.html`;
    const why = data("span", "", reason);
    return node("li", "item", node("p", "item-head", node("span", "item-standing open", state === "withdrawn" ? "Withdrawn" : "Held back")),
      node("p", "item-statement", link), node("p", "item-none", "It is not shown: ", why));
  };

  const term = (facet, code, label) => {
    const box = node("input", "");
    box.type = "checkbox";
    box.addEventListener("change", () => {
      if (box.checked) chosen[facet.key].add(code);
      else chosen[facet.key].delete(code);
      again();
    });
    const count = node("span", "facet-count", "");
    const name = data("span", "facet-name", label);
    if (facet.key === "verdict") {
      const { css, svg } = symbol(code);
      name.prepend(svg, " ");
      name.classList.add(css);
    }
    const line = node("label", "facet-term", box, name, count);
    ui.terms[facet.key].set(code, { box, count, line });
    return line;
  };

  const facetBox = (facet, isOpen) => {
    ui.terms[facet.key] = new Map();
    ui.labels[facet.key] = new Map(facet.terms);
    ui.on[facet.key] = node("span", "facet-on", "");
    const group = node("div", "facet-terms", ...facet.terms.map(([code, label]) => term(facet, code, label)));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", facet.heading);
    const box = node("details", "facet", node("summary", "", facet.heading, ui.on[facet.key]), group);
    box.open = isOpen;
    return box;
  };

  const again = () => {
    shown = STEP;
    writeAddress();
    seek();
  };

  const build = () => {
    Object.assign(ui, { terms: {}, labels: {}, on: {} });
    ui.box = node("input", "find-box");
    Object.assign(ui.box, { type: "search", id: "find", autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
    ui.box.setAttribute("aria-describedby", "found");
    const label = node("label", "", "Search statements, quotes, caveats and titles of evidence");
    label.htmlFor = "find";
    const isWide = matchMedia("(min-width: 60rem)").matches;
    const boxes = head.facets.map((facet) => facetBox(facet, isWide));
    const kept = boxes.filter((_, at) => head.facets[at].key !== "document" || head.facets[at].terms.length > 1);
    ui.status = node("p", "found", "");
    ui.status.id = "found";
    ui.status.setAttribute("role", "status");
    ui.clear = button("Clear all", clear);
    ui.results = node("ol", "items results");
    ui.results.id = "results";
    ui.results.setAttribute("aria-label", "What was found");
    ui.more = button("Show more", more);
    place.classList.add("finder");
    place.setAttribute("role", "search");
    place.append(node("div", "find", label, ui.box), node("div", "facet-row", ...kept), node("div", "found-row", ui.status, ui.clear));
    list.before(ui.results);
    list.after(ui.more);
    ui.box.addEventListener("input", () => { again(); });
    document.addEventListener("keydown", keys);
    addEventListener("hashchange", () => { readAddress(); shown = STEP; seek(); });
    readAddress();
  };

  const button = (words, act) => {
    const made = node("button", "plain-button", words);
    made.type = "button";
    made.hidden = true;
    made.addEventListener("click", act);
    return made;
  };

  const clear = () => {
    ui.box.value = "";
    for (const facet of head.facets) {
      chosen[facet.key].clear();
      for (const { box } of ui.terms[facet.key].values()) box.checked = false;
    }
    again();
    ui.box.focus();
  };

  const more = () => {
    const first = ui.results.children.length;
    shown += STEP;
    seek();
    ui.results.children[first]?.querySelector("a")?.focus();
  };

  // "/" goes to the box, Escape empties it; the arrows go from the box to what was found and back.
  const keys = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const links = Array.from((list.hidden ? ui.results : list).querySelectorAll(".item-statement a"));
    const at = links.indexOf(document.activeElement);
    const isInBox = document.activeElement === ui.box;
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) ui.box.focus();
    else if (event.key === "Escape" && isInBox && ui.box.value) { ui.box.value = ""; again(); }
    else if (event.key === "ArrowDown" && (isInBox || at >= 0)) links[at + 1]?.focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? ui.box).focus();
    else return;
    event.preventDefault();
  };
})();
