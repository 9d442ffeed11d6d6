// Put into pages by `regesta serve` only: reloads the page when it was made anew, and shows what was found in its source.
"use strict";
(() => {
  const { mark } = document.currentScript.dataset;
  const page = encodeURIComponent(decodeURIComponent(location.pathname).slice(1));
  const box = document.createElement("aside");
  let shown = "";

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
    if (place) made.append(element("code", [place, each.rule].filter(Boolean).join(" · ")));
    return made;
  }

  function show(state) {
    const all = [...state.faults, ...state.findings];
    const text = JSON.stringify(all);
    if (text === shown) return;
    shown = text;
    box.replaceChildren();
    box.remove();
    if (!all.length) return;
    const count = all.length + state.more;
    const details = document.createElement("details");
    details.open = all.some(each => each.severity !== "info");
    const told = state.faults.length ? "The page is as it was: " : "";
    const list = document.createElement("ul");
    list.append(...all.map(item));
    details.append(element("summary", `${told}${count} ${count === 1 ? "finding" : "findings"}`), list);
    box.append(details);
    document.body.append(box);
  }

  async function look() {
    try {
      const state = await (await fetch(`/_regesta/state?page=${page}`)).json();
      if (state.mark !== mark) return location.reload();
      show(state);
    } catch {
      // The server was ended: the page stays, and asks again.
    }
    setTimeout(look, document.hidden ? 1000 : 60);
  }

  box.id = "regesta-live";
  box.lang = "en";
  look();
})();
