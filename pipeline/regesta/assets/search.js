/* The search page: a question, its results with the words in their context, and links to those places. */
(function () {
  "use strict";

  const { element } = regesta;
  const AT_ONCE = 10;   // results shown before "more"

  const form = document.getElementById("search-form");
  const input = document.getElementById("search-words");
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  const narrow = document.getElementById("search-narrow");
  const alone = document.getElementById("search-alone");
  const words = status.dataset;

  let turn = 0;        // a later question overtakes an earlier one
  let answer = null;   // of the engine
  let asked = "";
  let shown = 0;

  function titleOf(row) {
    const address = regesta.address("documents/" + encodeURIComponent(row.id) + ".html");
    return element("a", { href: address + "?find=" + encodeURIComponent(asked) },
      ...regesta.quotes.marked(row.title, regesta.engine.places(row.title, answer.marks), 0, row.title.length));
  }

  async function itemOf(number) {
    const { row, confirmed, content } = await regesta.quotes.quote(number, answer.parts.get(number), answer.marks);
    if (!confirmed && answer.notes.includes("phrase")) return null;
    const line = element("p", { class: "item-line" },
      element("span", { class: "date", dir: "auto" }, row.written ? say.date(row.written) : results.dataset.undated));
    if (row.kind) line.append(" ", element("span", { class: "type", dir: "auto" }, say.term("type", row.kind)));
    return element("li", { class: "document" }, line, element("h2", { dir: "auto" }, titleOf(row)), content);
  }

  const say = regesta.words(document.getElementById("search-vocabulary"));

  async function showMore(mine) {
    const numbers = answer.numbers.slice(shown, shown + AT_ONCE);
    const items = await Promise.all(numbers.map(itemOf));
    if (mine !== turn) return null;
    shown += numbers.length;
    const fitting = items.filter(Boolean);
    results.append(...fitting);
    more.hidden = shown >= answer.numbers.length;
    return fitting[0];
  }

  /* A part of the question that some documents do hold, as a link to them. */
  function partOf([text, count], at) {
    const link = element("a", { href: "?q=" + encodeURIComponent(text), dir: "auto" }, text);
    return [at ? " · " : "", link, " " + count];
  }

  function report() {
    const count = answer.numbers.length;
    const found = count === 0 ? words.none : count === 1 ? words.one : words.many.replace("{}", String(count));
    status.textContent = regesta.sentences(found, ...answer.notes.map((note) => words[note]));
    alone.replaceChildren(...(answer.alone.length ? [words.alone + " ", ...answer.alone.flatMap(partOf)] : []));
    narrow.hidden = count < 2;
    narrow.firstElementChild.href = "index.html?q=" + encodeURIComponent(asked);
  }

  function clear() {
    results.replaceChildren();
    alone.replaceChildren();
    more.hidden = narrow.hidden = true;
  }

  async function search(question, typing) {
    const mine = ++turn;
    const started = performance.now();
    if (!question.trim()) {
      status.textContent = "";
      clear();
      return;
    }
    if (!typing) status.textContent = words.loading;
    try {
      const found = await regesta.engine.search(question, typing);
      if (mine !== turn) return;
      answer = found;
      asked = question.slice(0, 1000);
      shown = 0;
      clear();
      if (!found.words) { status.textContent = words.none; return; }
      await showMore(mine);
      if (mine === turn) report();
      performance.measure("regesta-answer", { start: started, end: performance.now() });
    } catch (failure) {
      if (mine === turn) status.textContent = words.failed;
    }
  }

  // The reader ------------------------------------------------------------------------------------------------

  function remember(question, push) {
    const address = location.pathname + (question.trim() ? "?q=" + encodeURIComponent(question.slice(0, 2000)) : "");
    try { history[push ? "pushState" : "replaceState"](null, "", address); } catch (refused) { /* works without it */ }
  }

  let pause;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => search(input.value, true), 200);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    remember(input.value, true);
    search(input.value);
  });

  more.addEventListener("click", async () => {
    const first = await showMore(turn);
    if (first) first.querySelector("a").focus();
  });

  function fromAddress() {
    input.value = new URLSearchParams(location.search).get("q") || "";
    search(input.value);
  }

  window.addEventListener("popstate", fromAddress);
  fromAddress();
})();
