// Put into pages by `regesta serve` only: reloads the page when it was made anew, and shows what was found in its source.
"use strict";
(() => {
  const { mark } = document.currentScript.dataset;
  const page = encodeURIComponent(decodeURIComponent(location.pathname).slice(1));
  const box = document.createElement("aside");
  const CLOSED = "regesta-closed"; // what was found when the box was closed: it opens again for something else
  const WORDS = { error: "error", warning: "warning", info: "remark" };
  const silent = {
    severity: "warning", message: "The server does not answer.",
    hint: "Start regesta serve again; this page waits for it.",
  };
  let shown = "";
  let unanswered = 0;

  function element(name, text, kind = "") {
    const made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function item(each) {
    const made = document.createElement("li");
    made.className = each.severity;
    made.append(element("p", each.message, "regesta-message"));
    if (each.hint) made.append(element("p", each.hint));
    const place = each.line ? `${each.path}:${each.line}:${each.column}` : each.path;
    const word = WORDS[each.severity];
    made.append(element("code", [word, place, each.rule].filter(Boolean).join(" · ")));
    return made;
  }

  function counted(all, more) {
    const counts = Object.entries(WORDS).map(([severity, word]) => {
      const count = all.filter(each => each.severity === severity).length;
      return count ? `${count} ${word}${count === 1 ? "" : "s"}` : "";
    });
    return [...counts, more ? `${more} more` : ""].filter(Boolean).join(", ");
  }

  function show(state) {
    const isStale = state.faults.length > 0; // and what was found then may stand elsewhere by now
    const all = isStale ? state.faults : state.findings;
    const text = JSON.stringify(all);
    if (text === shown) return;
    shown = text;
    box.replaceChildren();
    box.remove();
    if (!all.length) return;
    const details = document.createElement("details");
    details.open = all.some(each => each.severity !== "info") && sessionStorage.getItem(CLOSED) !== text;
    details.addEventListener("toggle", () => sessionStorage.setItem(CLOSED, details.open ? "" : text));
    const told = isStale ? "The page is as it was: " : "";
    const list = document.createElement("ul");
    list.append(...all.map(item));
    details.append(element("summary", told + counted(all, isStale ? 0 : state.more)), list);
    box.append(details);
    document.body.append(box);
  }

  async function look() {
    try {
      const state = await (await fetch(`/_regesta/state?page=${page}`)).json();
      if (state.mark !== mark) return location.reload();
      unanswered = 0;
      show(state);
    } catch {
      unanswered += 1;
      if (unanswered > 1) show({ faults: [silent], findings: [], more: 0 });
    }
    setTimeout(look, document.hidden || unanswered ? 1000 : 60);
  }

  box.id = "regesta-live";
  box.lang = "en";
  look();
})();
