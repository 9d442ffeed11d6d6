/* The search of a Regesta site: no server, no fetch (file:// refuses it), no third party.
   The data are classic scripts under data/search/, written by regesta/search/shards.py, loaded when a query needs
   them. All that a source says reaches the page through textContent. */
(function () {
  "use strict";

  const FOLDER = "data/search/";
  const AT_ONCE = 20;          // results shown before "more"
  const MOST_SHARDS = 24;      // files that the beginning of a word may load
  const K1 = 1.2, B = 0.75;    // BM25 (Robertson and Zaragoza 2009)

  const form = document.getElementById("search-form");
  const input = document.getElementById("search-words");
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const more = document.getElementById("search-more");

  // Loading ---------------------------------------------------------------------------------------------------

  const loaded = new Map();    // name → promise of data
  const waiting = new Map();   // name → the function that takes the data

  window.regestaSearch = {
    add(name, data) { waiting.get(name)(data); },
  };

  function load(name) {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        waiting.set(name, resolve);
        const script = document.createElement("script");
        script.src = FOLDER + name + ".js";
        script.onerror = () => { loaded.delete(name); reject(new Error(name)); };
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  }

  // Words: as regesta/search/words.py makes them ----------------------------------------------------------------

  function characterClass(ranges) {
    const escape = (point) => "\\u{" + point.toString(16) + "}";
    return ranges.map(([first, last]) => escape(first) + "-" + escape(last)).join("");
  }

  function tokenizer(manifest) {
    const ignored = new RegExp("[" + characterClass(manifest.ignored) + "]", "gu");
    const unspaced = characterClass(manifest.unspaced);
    const runs = new RegExp("([" + unspaced + "]+)|[^" + unspaced + "]+", "gu");

    function fold(text) {
      return text.normalize("NFKD").replace(ignored, "").replace(/[^\p{L}\p{N}\p{M}]/gu, " ")
        .toUpperCase().toLowerCase().replace(/ς/g, "σ").normalize("NFC");
    }

    /* The terms of a query: {word, prefix}. A character that stands alone in an unspaced script is a beginning,
       and so is the last word, unless it is a single letter. */
    function terms(query) {
      const found = [];
      for (const word of fold(query).split(" ").filter(Boolean)) {
        for (const run of word.matchAll(runs)) {
          const chars = Array.from(run[0]);
          if (run[1] === undefined) {
            found.push({ word: chars.slice(0, manifest.longest).join(""), prefix: false, letters: chars.length });
          } else if (chars.length === 1) {
            found.push({ word: run[0], prefix: true });
          } else {
            for (let at = 0; at + 1 < chars.length; at++) {
              found.push({ word: chars[at] + chars[at + 1], prefix: false });
            }
          }
        }
      }
      const last = found[found.length - 1];
      if (last && last.letters > 1) last.prefix = true;
      return found;
    }

    return terms;
  }

  // Finding ---------------------------------------------------------------------------------------------------

  /* The first place in sorted `list` that is not below `word`. */
  function lowerBound(list, word) {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < word) low = middle + 1; else high = middle;
    }
    return low;
  }

  /* The numbers of the files that may hold `word`, or words that begin with it. */
  function shardsOf(manifest, { word, prefix }) {
    const firsts = manifest.firstWords;
    const at = lowerBound(firsts, word);
    const start = firsts[at] === word ? at : Math.max(0, at - 1);
    let end = start + 1;
    while (prefix && end < firsts.length && firsts[end].startsWith(word)) end++;
    return Array.from({ length: Math.min(end, firsts.length) - start }, (_, step) => start + step);
  }

  /* Document → weight, for one term. */
  function weightsIn(shard, { word, prefix }, weights) {
    for (let at = lowerBound(shard.words, word); at < shard.words.length; at++) {
      if (prefix ? !shard.words[at].startsWith(word) : shard.words[at] !== word) break;
      const posting = shard.postings[at];
      for (let step = 0, number = 0; step < posting.length; step += 2) {
        number += posting[step];
        weights.set(number, (weights.get(number) || 0) + posting[step + 1]);
      }
    }
  }

  async function weightsOf(manifest, term, notes) {
    let shards = shardsOf(manifest, term);
    if (shards.length > MOST_SHARDS) {
      notes.broad = true;
      term = { word: term.word, prefix: false };
      shards = shardsOf(manifest, term);
    }
    const weights = new Map();
    for (const shard of await Promise.all(shards.map((number) => load("words-" + number)))) {
      weightsIn(shard, term, weights);
    }
    return weights;
  }

  function lengthOf(manifest, number) {
    return Math.pow(2, (manifest.lengths.charCodeAt(number) - 48) / 2);
  }

  /* The numbers of the documents that hold all terms, best first; equals stay in the collection's order. */
  async function find(manifest, terms, notes) {
    const all = await Promise.all(terms.map((term) => weightsOf(manifest, term, notes)));
    if (!all.length) return [];
    let total = 0;
    for (let number = 0; number < manifest.documents; number++) total += lengthOf(manifest, number);
    const average = total / manifest.documents;
    const [rarest, ...others] = all.slice().sort((one, other) => one.size - other.size);
    const scored = [];
    for (const number of rarest.keys()) {
      if (!others.every((weights) => weights.has(number))) continue;
      const norm = K1 * (1 - B + B * lengthOf(manifest, number) / average);
      let score = 0;
      for (const weights of all) {
        const rarity = Math.log(1 + (manifest.documents - weights.size + 0.5) / (weights.size + 0.5));
        score += rarity * weights.get(number) * (K1 + 1) / (weights.get(number) + norm);
      }
      scored.push({ number, score });
    }
    scored.sort((one, other) => other.score - one.score || one.number - other.number);
    return scored.map((hit) => hit.number);
  }

  // Showing ---------------------------------------------------------------------------------------------------

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function resultOf([page, title, date, opening, language]) {
    const item = element("li", { class: "document" });
    item.append(element("p", { class: "item-line" },
      element("span", { class: "date", dir: "auto" }, date || results.dataset.undated)));
    item.append(element("h2", { dir: "auto" }, element("a", { href: encodeURI(page) }, title)));
    if (opening) {
      item.append(element("p", { class: "abstract", dir: "auto", ...(language && { lang: language }) }, opening));
    }
    return item;
  }

  async function rowsOf(manifest, numbers) {
    const size = manifest.documentsAShard;
    const tables = await Promise.all(numbers.map((number) => load("documents-" + Math.floor(number / size))));
    return numbers.map((number, at) => tables[at][number % size]);
  }

  let turn = 0;   // a later query overtakes an earlier one
  let rest = [];  // the documents found that are not yet shown

  async function showMore(manifest, mine) {
    const rows = await rowsOf(manifest, rest.slice(0, AT_ONCE));
    if (mine !== turn) return null;
    const items = rows.map(resultOf);
    rest = rest.slice(AT_ONCE);
    results.append(...items);
    more.hidden = rest.length === 0;
    return items[0];
  }

  function say(count, notes) {
    const words = status.dataset;
    const found = count === 0 ? words.none : count === 1 ? words.one : words.many.replace("{}", String(count));
    status.textContent = notes.broad ? found + " " + words.broad : found;
  }

  async function search(query) {
    const mine = ++turn;
    status.textContent = query.trim() ? status.dataset.loading : "";
    try {
      const manifest = await load("manifest");
      const terms = tokenizer(manifest)(query);
      const notes = { broad: false };
      const numbers = manifest.documents ? await find(manifest, terms, notes) : [];
      if (mine !== turn) return;
      results.replaceChildren();
      rest = numbers;
      more.hidden = true;
      await showMore(manifest, mine);
      if (mine === turn) {
        if (query.trim()) say(numbers.length, notes); else status.textContent = "";
      }
    } catch (failure) {
      if (mine === turn) status.textContent = status.dataset.failed;
    }
  }

  // The reader ------------------------------------------------------------------------------------------------

  function remember(query) {
    const address = location.pathname + (query ? "?q=" + encodeURIComponent(query) : "");
    try { history.replaceState(null, "", address); } catch (refused) { /* the search works without it */ }
  }

  let pause;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => { remember(input.value); search(input.value); }, 150);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    remember(input.value);
    search(input.value);
  });

  more.addEventListener("click", async () => {
    const first = await showMore(await load("manifest"), turn);
    if (first) first.querySelector("a").focus();
  });

  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    input.value = asked;
    search(asked);
  }
})();
