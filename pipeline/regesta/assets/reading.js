/* What a document's page can do besides being read: references are copied and saved, names lead to their places in the
   text, and the list from which the reader came goes on from document to document. */
(function () {
  "use strict";

  const words = document.getElementById("cite") || document.body;
  const say = (name) => words.dataset[name] || "";

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", () => act(made));
    return made;
  }

  /* Saves what `pre` shows as a file; RIS wants its lines to end as on Windows. */
  function save(pre) {
    const ris = pre.dataset.file.endsWith(".ris");
    const text = ris ? pre.textContent.replace(/\n/g, "\r\n") : pre.textContent;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: pre.dataset.type }));
    link.download = pre.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function copy(text, made) {
    navigator.clipboard.writeText(text).then(() => {
      made.textContent = say("copied");
      setTimeout(() => { made.textContent = say("copy"); }, 2000);
    }, () => {});
  }

  for (const pre of document.querySelectorAll(".reference pre")) {
    pre.after(button(say("save"), () => save(pre)));
  }
  if (navigator.clipboard && window.isSecureContext) {
    for (const cited of document.querySelectorAll(".citations dd")) {
      const text = cited.textContent;
      const made = button(say("copy"), (self) => copy(text, self));
      made.setAttribute("aria-label", say("copy") + ": " + cited.previousElementSibling.textContent);
      cited.append(made);
    }
  }

  /* After each name of the list below the text: where in the text it stands. */
  const places = new Map();
  for (const name of document.querySelectorAll("article a[href], .foot a[href]")) {
    if (name.classList.contains("call")) continue;
    const found = places.get(name.pathname) || [];
    found.push(name);
    places.set(name.pathname, found);
  }
  for (const entry of document.querySelectorAll("#names li")) {
    const found = places.get(entry.querySelector("a").pathname) || [];
    if (!found.length) continue;
    const where = document.createElement("span");
    where.className = "where";
    found.slice(0, 20).forEach((name, at) => {
      if (!name.id) name.id = "place-" + Array.from(places.keys()).indexOf(name.pathname) + "-" + at;
      const link = document.createElement("a");
      link.href = "#" + name.id;
      link.textContent = String(at + 1);
      link.setAttribute("aria-label", entry.querySelector("a").textContent + ", " + (at + 1));
      where.append(" ", link);
    });
    entry.append(where);
  }

  /* Previous and next in the list that led here: assets/trail.js left it behind. */
  function trail() {
    const region = document.getElementById("trail");
    let left = null;
    try { left = JSON.parse(sessionStorage.getItem("regesta-trail")); } catch { return; }
    if (!region || !left || !Array.isArray(left.pages)) return;
    const here = decodeURIComponent(location.pathname.split("/").pop());
    const at = left.pages.findIndex((page) => page.name === here);
    if (at < 0) return;
    const steps = [
      [region.dataset.back, { href: left.href, label: left.title }],
      [region.dataset.previous, left.pages[at - 1]],
      [region.dataset.next, left.pages[at + 1]],
    ];
    for (const [label, target] of steps) {
      if (!target || !/^(https?|file):/.test(target.href)) continue;
      const link = document.createElement("a");
      link.href = target.href;
      link.textContent = label;
      link.title = target.label;
      region.append(link);
    }
    region.hidden = false;
  }
  trail();
})();
