// The page of a document works without this: numbers in the text are links, and CSS shows the card that the address names.
// With it, a click anywhere on marked words opens the claim, its words light up, and Escape and the arrow keys work.
"use strict";

(() => {
  const text = document.getElementById("text");
  const cards = Array.from(document.querySelectorAll("#cards .card"));
  const slugs = cards.map((card) => card.id.slice(2));
  const root = document.documentElement;
  let last = null;

  const indexOf = (hash) => (hash.startsWith("#c-") ? slugs.indexOf(hash.slice(3)) : -1);
  const refOf = (index) => document.getElementById(`r-${slugs[index]}`);

  const light = (index) => {
    for (const element of document.querySelectorAll(".is-open")) element.classList.remove("is-open");
    if (index < 0) return;
    refOf(index)?.classList.add("is-open");
    for (const mark of text.querySelectorAll("mark[data-claims]")) {
      if (mark.dataset.claims.split(" ").includes(String(index + 1))) mark.classList.add("is-open");
    }
  };

  const isSeen = (element) => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= window.innerHeight * (window.innerWidth < 1024 ? 0.38 : 1);
  };

  const show = (event) => {
    const index = indexOf(location.hash);
    light(index);
    if (index < 0) return;
    last = index;
    const first = text.querySelector("mark.is-open") ?? refOf(index);
    if (first && !isSeen(first)) first.scrollIntoView({ block: window.innerWidth < 1024 ? "start" : "center", behavior: event ? "auto" : "instant" });
    cards[index].focus({ preventScroll: true });
  };

  const open = (index) => {
    if (index >= 0 && index < slugs.length) location.hash = `#c-${slugs[index]}`;
  };

  const close = () => {
    const index = indexOf(location.hash);
    if (index < 0) return;
    location.replace("#closed"); // names nothing, so nothing scrolls; only a navigation takes :target away
    history.replaceState(null, "", location.pathname + location.search);
    light(-1);
    refOf(index)?.focus({ preventScroll: true });
  };

  // Where several claims share words, each further click opens the next of them.
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-claims]");
    if (!mark || event.target.closest("a") || String(getSelection())) return;
    const indexes = mark.dataset.claims.split(" ").map((number) => Number(number) - 1);
    const at = indexes.indexOf(indexOf(location.hash));
    open(indexes[(at + 1) % indexes.length]);
  });

  for (const card of cards) {
    card.querySelector(".close").addEventListener("click", (event) => {
      event.preventDefault();
      close();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || indexOf(location.hash) < 0) return;
    const step = { Escape: 0, ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (step === 0) close();
    else open(last + step);
  });

  window.addEventListener("hashchange", show);
  root.classList.add("has-script");
  show();
})();
