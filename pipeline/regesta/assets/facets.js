/* The combined index as a place to work: choose, sort, search, page. All that is chosen stands in the address, so
   that a view can be shared, cited and gone back to. Without this script the lists made at build time are there.
   What sources say reaches the page as text only. */
(function () {
  "use strict";

  const { element, readDate, table: { FACETS, UNDATED, within } } = regesta;
  const AT_ONCE = 25;          // documents on a page
  const FIRST_VALUES = 8;      // values of a facet that are shown at once
  const MORE_VALUES = 50;
  const FILTERED_FROM = 12;    // a facet with so many values can be filtered by typing
  const OPEN_FIRST = new Set(["date", "type", "person"]);
  const ORDERS = ["collection", "date", "title", "type", "archive"];

  const home = document.getElementById("choose");
  const say = regesta.words(document.getElementById("choose-words"));
  const language = document.documentElement.lang;

  let table;
  let shownValues = new Map();   // facet → how many values are shown
  let filters = new Map();       // facet → what was typed to filter its values
  let turn = 0;                  // a later choice overtakes an earlier one
  const parts = {};

  // The state and the address ---------------------------------------------------------------------------------

  function stateOf(search) {
    const given = new URLSearchParams(search);
    const chosen = new Map(FACETS.map((name) => [name, new Set(given.getAll(name).slice(0, 200))]));
    return {
      chosen,
      q: (given.get("q") || "").slice(0, 2000),
      from: readDate(given.get("from") || "") || "",
      to: readDate(given.get("to") || "") || "",
      undated: given.get("undated") === "yes",
      sort: given.get("sort") || "",
      page: Math.max(1, Math.floor(Number(given.get("page"))) || 1),
    };
  }

  function addressOf(state) {
    const given = new URLSearchParams();
    if (state.q) given.set("q", state.q);
    for (const name of FACETS) for (const key of state.chosen.get(name)) given.append(name, key);
    for (const name of ["from", "to", "sort"]) if (state[name]) given.set(name, state[name]);
    if (state.undated && (state.from || state.to)) given.set("undated", "yes");
    if (state.page > 1) given.set("page", state.page);
    const query = given.toString();
    return location.pathname + (query ? "?" + query : "");
  }

  let state = stateOf(location.search);

  function go(change) {
    state = { ...state, page: 1, ...change };
    const address = addressOf(state);
    try { history.pushState(null, "", address); } catch (refused) { location.href = address; return; }
    show();
  }

  /* The choice with a value taken in or out. A month takes the place of its year, and a year that of its months. */
  function toggled(name, key) {
    const chosen = new Map([...state.chosen].map(([facet, keys]) => [facet, new Set(keys)]));
    const keys = chosen.get(name);
    if (keys.delete(key)) return { chosen };
    if (name === "date") {
      for (const other of keys) if (key.startsWith(other + "-") || other.startsWith(key + "-")) keys.delete(other);
    }
    keys.add(key);
    return { chosen };
  }

  // Names -----------------------------------------------------------------------------------------------------

  function periodName(key) {
    if (key === UNDATED) return say("undated");
    const [, year, month] = /^(-?\d+?)(?:-(\d\d))?$/.exec(key) || [0, key];
    const plain = String(Number(year));
    return month ? say("month-and-year", say("month-" + month), plain) : plain;
  }

  function valueName(name, key, label) {
    if (name === "date") return periodName(key);
    if (name === "type" || name === "language" || name === "transcript" || name === "membership") return say.term(name, key);
    return label || key.replace(/^=/, "");
  }

  function nameOf(name, key) {
    const facet = table.facets.get(name), at = facet.byKey.get(key);
    return valueName(name, key, at === undefined ? "" : facet.labels[at]);
  }

  // Facets ----------------------------------------------------------------------------------------------------

  function facetBox(name) {
    const box = element("details", { class: "facet", "data-facet": name });
    const picked = element("span", { class: "picked" });
    const inside = element("fieldset", {}, element("legend", { class: "unseen" }, say("facet-" + name)));
    box.append(element("summary", {}, say("facet-" + name), " ", picked), inside);
    if (name === "date") inside.append(rangeForm());
    if (table.facets.get(name).keys.length >= FILTERED_FROM && name !== "date") inside.append(filterInput(name));
    const list = element("ul", { class: "values" });
    const more = element("button", { type: "button", class: "quiet" }, say("choose-more-values"));
    more.addEventListener("click", () => {
      const before = list.children.length;
      shownValues.set(name, before + MORE_VALUES);
      drawValues(name);
      list.children[before]?.querySelector("input").focus();
    });
    inside.append(list, more);
    box.open = OPEN_FIRST.has(name) || state.chosen.get(name).size > 0;
    box.addEventListener("toggle", () => drawValues(name));
    parts.facets.set(name, { box, picked, list, more, items: new Map() });
    return box;
  }

  function filterInput(name) {
    const input = element("input", { type: "text", class: "filter", autocomplete: "off", spellcheck: "false", dir: "auto",
      "aria-label": say("choose-filter", say("facet-" + name)), placeholder: say("choose-filter-short") });
    input.addEventListener("input", () => {
      filters.set(name, fold(input.value));
      shownValues.delete(name);
      drawValues(name);
    });
    return input;
  }

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

  /* The first or the last year of all, to show how a date is written. */
  function example(name) {
    const years = table.facets.get("date").keys.filter((key) => /^\d{4}$/.test(key)).sort();
    return (name === "from" ? years[0] : years[years.length - 1]) || "";
  }

  function rangeForm() {
    const field = (name) => {
      const input = element("input", { type: "text", id: "choose-" + name, inputmode: "numeric", autocomplete: "off",
        placeholder: example(name), "aria-describedby": "choose-range-help" });
      parts[name] = input;
      return element("div", {}, element("label", { for: "choose-" + name }, say("choose-" + name)), input);
    };
    parts.undated = element("input", { type: "checkbox", id: "choose-undated" });
    parts.rangeHelp = element("p", { id: "choose-range-help", class: "help" }, say("choose-range-help"));
    const form = element("form", { class: "range-form" }, field("from"), field("to"),
      element("button", { type: "submit" }, say("choose-apply")),
      element("label", { class: "undated" }, parts.undated, " ", say("choose-undated")), parts.rangeHelp);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const from = readDate(parts.from.value), to = readDate(parts.to.value);
      for (const [input, value] of [[parts.from, from], [parts.to, to]]) {
        if (value === null) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
      }
      parts.rangeHelp.classList.toggle("wrong", from === null || to === null);
      if (from === null || to === null) (from === null ? parts.from : parts.to).focus();
      else go({ from, to, undated: parts.undated.checked });
    });
    parts.undated.addEventListener("change", () => {
      if (state.from || state.to) go({ undated: parts.undated.checked });
    });
    return form;
  }

  /* The numbers of a facet's values that are to be shown, in order. */
  function valuesOf(name, counts) {
    const facet = table.facets.get(name), chosen = state.chosen.get(name);
    const filter = filters.get(name) || "";
    let found = [];
    for (let at = 0; at < counts.length; at++) {
      if (!counts[at] && !chosen.has(facet.keys[at])) continue;
      if (filter && !fold(valueName(name, facet.keys[at], facet.labels[at])).includes(filter)) continue;
      found.push(at);
    }
    if (name === "date") return datesOf(facet, found, chosen);
    const first = (at) => (chosen.has(facet.keys[at]) ? 1 : 0);
    return found.sort((one, other) => first(other) - first(one) || counts[other] - counts[one] || one - other);
  }

  /* Years in order with the months of those that are chosen, or of all when they are few; the undated last. */
  function datesOf(facet, found, chosen) {
    const key = (at) => facet.keys[at];
    const years = found.filter((at) => !/\d-\d\d$/.test(key(at)));
    const opened = (year) => years.length <= 3 || chosen.has(year) || [...chosen].some((each) => each.startsWith(year + "-"));
    const shown = found.filter((at) => years.includes(at) || opened(key(at).slice(0, -3)));
    return shown.sort((one, other) => (key(one) === UNDATED) - (key(other) === UNDATED) || (key(one) < key(other) ? -1 : 1));
  }

  let counted = null;   // the counts of the last choice

  function drawValues(name) {
    if (!counted) return;   // nothing has been chosen from yet
    const { box, picked, list, more, items } = parts.facets.get(name);
    const facet = table.facets.get(name), counts = counted.get(name), chosen = state.chosen.get(name);
    picked.textContent = chosen.size ? String(chosen.size) : "";
    if (!box.open) return;
    const all = valuesOf(name, counts);
    const limit = shownValues.get(name) || (name === "date" ? 40 : Math.max(FIRST_VALUES, chosen.size));
    const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
    const wanted = all.slice(0, limit).map((at) => {
      if (!items.has(at)) items.set(at, valueItem(name, facet, at));
      const { item, input, count } = items.get(at);
      input.checked = chosen.has(facet.keys[at]);
      count.textContent = String(counts[at]);
      return item;
    });
    if (wanted.length !== list.children.length || wanted.some((item, at) => item !== list.children[at])) list.replaceChildren(...wanted);
    more.hidden = all.length <= limit;
    if (focused !== null) [...list.querySelectorAll("input")].find((input) => input.value === focused)?.focus();
  }

  function valueItem(name, facet, at) {
    const key = facet.keys[at];
    const input = element("input", { type: "checkbox", value: key });
    const count = element("span", { class: "count" });
    input.addEventListener("change", () => go(toggled(name, key)));
    const month = name === "date" && /\d-\d\d$/.test(key);
    const item = element("li", { class: month && "month" },
      element("label", {}, input, element("span", { dir: "auto" }, valueName(name, key, facet.labels[at])), count));
    return { item, input, count };
  }

  /* A facet stands on the page when it can divide the documents. */
  function divides(name) {
    const facet = table.facets.get(name);
    return facet.keys.length > 1 || (facet.keys.length === 1 && facet.totals[0] < table.rows) || state.chosen.get(name).size;
  }

  // Chips -----------------------------------------------------------------------------------------------------

  function drawChips() {
    const chips = [];
    const chip = (family, name, change) => {
      const button = element("button", { type: "button", class: "chip" },
        element("span", { class: "unseen" }, say("choose-remove") + " "), element("span", { class: "family" }, family), " ",
        element("bdi", {}, name), element("span", { "aria-hidden": "true" }, " ×"));
      button.addEventListener("click", () => {
        const at = [...parts.chips.querySelectorAll("button")].indexOf(button);
        go(change);
        const left = parts.chips.querySelectorAll("button");
        (left[Math.min(at, left.length - 1)] || parts.count).focus();
      });
      chips.push(element("li", {}, button));
    };
    if (state.q) chip(say("nav-search"), state.q, { q: "" });
    if (state.from) chip(say("choose-from"), state.from, { from: "" });
    if (state.to) chip(say("choose-to"), state.to, { to: "" });
    for (const name of FACETS) {
      for (const key of state.chosen.get(name)) chip(say("facet-" + name), nameOf(name, key), toggled(name, key));
    }
    if (chips.length > 1) {
      const clear = element("button", { type: "button", class: "quiet" }, say("choose-clear"));
      clear.addEventListener("click", () => { go(stateOf("")); parts.count.focus(); });
      chips.push(element("li", {}, clear));
    }
    parts.chips.replaceChildren(...chips);
    parts.chips.hidden = chips.length === 0;
    const number = chips.length > 1 ? chips.length - 1 : chips.length;
    parts.drawerCount.textContent = number ? String(number) : "";
  }

  // Documents -------------------------------------------------------------------------------------------------

  const MOST_KEPT = 500;
  let kept = new Map();   // row → its item as it stands on the page, for the words sought in `keptFor`
  let keptFor = null;

  /* The item of a row: one that was shown before comes back as it was. */
  function itemFor(row) {
    if (keptFor !== state.q || kept.size > MOST_KEPT) kept = new Map();
    keptFor = state.q;
    const known = kept.get(row);
    if (!known) kept.set(row, documentItem(row));
    return { item: kept.get(row), isNew: !known };
  }

  function documentItem(row) {
    const line = element("p", { class: "item-line" },
      element("span", { class: "date", dir: "auto" }, say.date(table.written[row] || table.dates[row]) || say("undated")));
    const kinds = table.facets.get("type"), texts = table.facets.get("transcript");
    if (kinds.offsets[row] < kinds.offsets[row + 1]) {
      line.append(" ", element("span", { class: "type", dir: "auto" }, nameOf("type", kinds.keys[kinds.values[kinds.offsets[row]]])));
    }
    const text = texts.offsets[row] < texts.offsets[row + 1] ? texts.keys[texts.values[texts.offsets[row]]] : "full";
    if (text === "none" || text === "partial") {
      line.append(" ", element("span", { class: "mark" }, say("transcript-mark-" + text)));
    }
    const link = element("a", { href: regesta.address("documents/" + encodeURIComponent(table.ids[row]) + ".html" + found()) },
      table.titles[row]);
    return element("li", { class: "document" }, line, element("h2", { dir: "auto" }, link));
  }

  /* What a document's page is told of the words that were sought. */
  function found() {
    return state.q ? "?find=" + encodeURIComponent(state.q) : "";
  }

  /* Adds what is loaded when the document comes into view: the words sought or the summary, people, archive. */
  async function fill(item, row, answer) {
    const [name, at] = table.itemOf(row), number = table.numbers[row];
    let details, quoted = null;
    try {
      details = (await regesta.load("index/items-" + name))[at];
      if (answer && answer.marks.length) quoted = await regesta.quotes.quote(number, answer.parts.get(number), answer.marks);
    } catch (failure) { return; }
    const [abstract, people, holdings] = details;
    if (quoted) item.append(quoted.content);
    else if (abstract) item.append(element("p", { class: "abstract", dir: "auto" }, abstract));
    const lines = element("dl", { class: "details" });
    if (people.length) lines.append(element("div", {}, element("dt", {}, say("list-persons")), element("dd", {}, ...peopleOf(people))));
    if (holdings.length) {
      lines.append(element("div", {}, element("dt", {}, say("list-holding")),
        ...holdings.map((each) => element("dd", { dir: "auto" }, each))));
    }
    if (lines.children.length) item.append(lines);
  }

  const MOST_PEOPLE = 12;

  function peopleOf(people) {
    const shown = people.slice(0, MOST_PEOPLE).flatMap(([name, href, ...roles], at) => {
      const named = href ? element("a", { href: regesta.address(encodeURI(href)), dir: "auto" }, name) : element("bdi", {}, name);
      const as = roles.length ? [" ", element("span", { class: "roles" }, "(" + roles.map((role) => say.term("role", role)).join(", ") + ")")] : [];
      return at ? ["; ", named, ...as] : [named, ...as];
    });
    return people.length > MOST_PEOPLE ? [...shown, " ", say("choose-others", String(people.length - MOST_PEOPLE))] : shown;
  }

  function drawPager(pages) {
    parts.pager.hidden = pages < 2;
    if (pages < 2) return;
    const now = state.page;
    const near = [1, now - 2, now - 1, now, now + 1, now + 2, pages].filter((page, at, all) =>
      page >= 1 && page <= pages && all.indexOf(page) === at);
    const link = (page, text, more) => {
      const made = element("a", { href: addressOf({ ...state, page }), ...more }, text);
      made.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        go({ page });
        parts.count.focus();
        parts.count.scrollIntoView({ block: "start" });
      });
      return element("li", {}, made);
    };
    const items = [];
    if (now > 1) items.push(link(now - 1, say("pager-previous"), { rel: "prev" }));
    near.forEach((page, at) => {
      if (at && page > near[at - 1] + 1) items.push(element("li", {}, element("span", { class: "gap" }, "…")));
      items.push(link(page, String(page), { "aria-label": say("pager-page", String(page)), "aria-current": page === now && "page" }));
    });
    if (now < pages) items.push(link(now + 1, say("pager-next"), { rel: "next" }));
    parts.pager.firstElementChild.replaceChildren(...items);
  }

  function drawOrders() {
    const orders = state.q ? ["relevance", ...ORDERS] : ORDERS;
    parts.sort.replaceChildren(...orders.map((order) => element("option", { value: order }, say("order-" + order))));
    parts.sort.value = orders.includes(state.sort) ? state.sort : orders[0];
  }

  function countText(found, first, last) {
    if (!found) return say("choose-none");
    const all = found === table.rows ? say("document-count", String(found)) : say("choose-count", String(found), String(table.rows));
    return found > AT_ONCE ? say("choose-range", all, String(first), String(last)) : found === 1 && table.rows === 1 ? say("document-count-one") : all;
  }

  // Showing ---------------------------------------------------------------------------------------------------

  async function hits() {
    if (!state.q) return null;
    for (const asset of ["words.js", "engine.js", "quotes.js"]) await regesta.need(asset);
    return regesta.engine.search(state.q);
  }

  async function show() {
    const mine = ++turn;
    parts.search.value = state.q;
    parts.from.value = state.from;
    parts.to.value = state.to;
    parts.undated.checked = state.undated;
    drawChips();
    drawOrders();
    let answer = null;
    if (state.q) {
      parts.count.textContent = say("search-loading");
      try { answer = await hits(); } catch (failure) { if (mine === turn) parts.count.textContent = say("search-failed"); return; }
      if (mine !== turn) return;
    }
    draw(answer);
  }

  function draw(answer) {
    const { rows, counts } = table.choose(state.chosen, within(state.from, state.to, state.undated), answer && answer.scores);
    counted = counts;
    const order = parts.sort.value;
    const sorted = table.sort(rows, order, answer && answer.scores, language, valueName);
    const pages = Math.max(1, Math.ceil(rows.length / AT_ONCE));
    state.page = Math.min(state.page, pages);
    const first = (state.page - 1) * AT_ONCE, page = sorted.slice(first, first + AT_ONCE);
    for (const name of parts.facets.keys()) drawValues(name);
    const items = page.map(itemFor);
    parts.list.replaceChildren(...items.map(({ item }) => item));
    parts.list.start = first + 1;
    const notes = answer ? answer.notes.map((note) => say("search-" + note)) : [];
    parts.count.textContent = regesta.sentences(countText(rows.length, first + 1, first + page.length), ...notes);
    drawPager(pages);
    home.dataset.drawn = String(turn);
    // What is loaded comes after what is there has been painted.
    requestAnimationFrame(() => setTimeout(() => page.forEach((row, at) => { if (items[at].isNew) fill(items[at].item, row, answer); })));
  }

  // The page --------------------------------------------------------------------------------------------------

  function build() {
    parts.facets = new Map();
    parts.search = element("input", { type: "search", id: "choose-q", dir: "auto", autocomplete: "off", spellcheck: "false" });
    const form = element("form", { class: "search", role: "search" },
      element("label", { for: "choose-q" }, say("choose-words")),
      element("div", { class: "search-line" }, parts.search, element("button", { type: "submit" }, say("nav-search"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go({ q: parts.search.value.trim().slice(0, 2000), sort: state.sort === "relevance" ? "" : state.sort });
    });
    parts.sort = element("select", { id: "choose-sort" });
    parts.sort.addEventListener("change", () => go({ sort: parts.sort.value }));
    parts.count = element("p", { class: "result-count", role: "status", "aria-live": "polite", tabindex: "-1" });
    parts.chips = element("ul", { class: "chips", "aria-label": say("choose-chosen") });
    parts.list = element("ol", { class: "documents", "aria-label": say("nav-documents") });
    parts.pager = element("nav", { class: "pager", "aria-label": say("pager") }, element("ul"));
    parts.drawerCount = element("span", { class: "picked" });
    const drawer = element("details", { class: "drawer" }, element("summary", {}, say("choose-title"), " ", parts.drawerCount));
    const boxes = FACETS.filter(divides).map(facetBox);
    if (!parts.facets.has("date")) rangeForm();   // its fields are part of the state, shown or not
    drawer.append(...boxes);
    const wide = matchMedia("(min-width: 56rem)");
    const fit = () => { drawer.open = wide.matches; };
    wide.addEventListener("change", fit);
    fit();
    if (!wide.matches) for (const { box } of parts.facets.values()) box.open = false;
    home.replaceChildren(form,
      element("div", { class: "choose-body" },
        element("section", { class: "choices-side", "aria-label": say("choose-title"), hidden: !boxes.length }, drawer),
        element("section", { class: "documents-side", "aria-label": say("nav-documents") },
          element("div", { class: "list-head" }, parts.count,
            element("p", { class: "sort" }, element("label", { for: "choose-sort" }, say("list-order")), " ", parts.sort)),
          parts.chips, parts.list, parts.pager)));
  }

  async function start() {
    try { table = await regesta.table.open(); } catch (failure) { return; }   // the lists without script stay
    if (!table.rows) return;
    build();
    await show();
    document.getElementById("lists").hidden = true;
    home.hidden = false;
    document.body.classList.add("choosing");
    performance.mark("regesta-first-list");
    window.addEventListener("popstate", () => { state = stateOf(location.search); show(); });
  }

  start();
})();
