/* Marks in a document what a reader sought: a search's links end in ?find=…. Nothing else is loaded without it. */
(function () {
  "use strict";

  const question = new URLSearchParams(location.search).get("find");
  const bar = document.getElementById("find");
  if (!question || !bar) return;
  const assets = new URL(".", document.currentScript.src);
  const BLOCKS = "p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, figcaption, blockquote, div, section, article, aside";

  function run(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(name, assets).href;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  /* The texts of the page, each with the nodes that it is made of: what stands in one block goes together. */
  function textsOf(main) {
    const found = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("nav, button, label, .cite, .find, .note-preview, [hidden], script") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    let block = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const own = node.parentElement.closest(BLOCKS);
      if (own !== block || !found.length) found.push({ text: "", nodes: [] });
      block = own;
      const last = found[found.length - 1];
      last.nodes.push([last.text.length, node]);
      last.text += node.data;
    }
    return found;
  }

  /* Wraps the text from `start` to `end` in mark elements, one in each node that it runs through. */
  function wrap({ nodes }, start, end) {
    const made = [];
    for (const [at, node] of nodes) {
      const from = Math.max(start - at, 0), to = Math.min(end - at, node.data.length);
      if (from >= to) continue;
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      const mark = document.createElement("mark");
      range.surroundContents(mark);
      made.push(mark);
    }
    return made;
  }

  function markAll(engine) {
    const hits = [];
    for (const text of textsOf(document.getElementById("main"))) {
      const own = engine.places(text.text, engine.marks).reverse().map(([start, end]) => wrap(text, start, end));
      hits.push(...own.reverse().filter((marks) => marks.length));
    }
    return hits;
  }

  function showBar(hits) {
    const words = bar.dataset;
    let at = Math.max(0, hits.findIndex(([mark]) => mark.closest("article.text")));
    const button = (label, text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.setAttribute("aria-label", label);
      made.title = label;
      made.textContent = text;
      made.addEventListener("click", act);
      return made;
    };
    const count = document.createElement("span");
    count.setAttribute("role", "status");
    const show = (step) => {
      for (const mark of hits[at]) mark.classList.remove("current");
      at = (at + step + hits.length) % hits.length;
      for (const mark of hits[at]) mark.classList.add("current");
      for (let box = hits[at][0].closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
      hits[at][0].scrollIntoView({ block: "center" });
      count.textContent = words.count.replace("{1}", at + 1).replace("{2}", hits.length);
    };
    const close = () => {
      for (const mark of hits.flat()) mark.replaceWith(...mark.childNodes);
      document.getElementById("main").normalize();
      bar.hidden = true;
    };
    const name = document.createElement("bdi");
    name.textContent = question.length > 60 ? question.slice(0, 60) + "…" : question;
    bar.append(name, count, button(words.previous, "‹", () => show(-1)), button(words.next, "›", () => show(1)),
      button(words.close, "×", close));
    bar.hidden = false;
    show(0);
  }

  async function start() {
    try {
      for (const name of ["data.js", "words.js", "engine.js"]) await run(name);
      const { marks, places } = await window.regesta.engine.marksOf(question);
      const hits = markAll({ marks, places });
      if (hits.length) showBar(hits);
    } catch (failure) { /* the document can be read without marks */ }
  }

  start();
})();
