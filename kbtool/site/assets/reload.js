// Only in previews: loads the page again when the site was made anew. The pages' policy allows scripts of the site and no
// requests, so the version comes as a script.
"use strict";

(() => {
  const PAUSE = 1000; // milliseconds
  let first = null;

  globalThis.kbtoolPreview = (version) => {
    first ??= version;
    if (version !== first) location.reload();
  };

  const ask = () => {
    const script = document.createElement("script");
    script.src = `/.kbtool-preview/version.js?${Date.now()}`;
    const next = () => { script.remove(); setTimeout(ask, PAUSE); };
    script.onload = next;
    script.onerror = next; // the preview may come back
    document.head.append(script);
  };
  ask();
})();
