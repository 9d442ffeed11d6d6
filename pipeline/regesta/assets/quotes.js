/* What a result shows of a document: the words that were sought, in their context. */
(function () {
  "use strict";

  const { element } = regesta;
  const AROUND = 110;      // characters before and after
  const QUOTES = 2;
  const OPENING = 240;
  const MOST_PARTS = 6;    // as in regesta/search/digests.py

  function atWord(text, at, step) {
    for (let tried = 0; tried < 24 && at > 0 && at < text.length; tried++, at += step) {
      if (/\s/.test(text[at])) return at;
    }
    return Math.min(Math.max(at, 0), text.length);
  }

  /* The stretches of a text that show most of what was sought, and most different words of it. */
  function windows(text, places) {
    const found = [];
    for (let first = 0; first < places.length; first++) {
      const start = places[first][0];
      let last = first;
      while (last + 1 < places.length && places[last + 1][1] - start <= 2 * AROUND) last++;
      const kinds = new Set(places.slice(first, last + 1).map(([, , mark]) => mark)).size;
      found.push({ first, last, worth: kinds * 10 + Math.min(last - first, 5) });
    }
    found.sort((one, other) => other.worth - one.worth || one.first - other.first);
    const chosen = [];
    for (const each of found) {
      if (chosen.length === QUOTES) break;
      if (chosen.every((other) => each.first > other.last || each.last < other.first)) chosen.push(each);
    }
    return chosen.sort((one, other) => one.first - other.first).map(({ first, last }) => {
      const span = places[last][1] - places[first][0], margin = Math.max(30, AROUND - span / 2);
      return [atWord(text, Math.floor(places[first][0] - margin), -1), atWord(text, Math.ceil(places[last][1] + margin), 1)];
    });
  }

  /* A text from `start` to `end` with what was sought in mark elements. */
  function marked(text, places, start, end) {
    const nodes = [];
    let at = start;
    for (const [from, to] of places) {
      if (from < at || to > end) continue;
      nodes.push(text.slice(at, from), element("mark", {}, text.slice(from, to)));
      at = to;
    }
    nodes.push(text.slice(at, end));
    return nodes;
  }

  function quoted(text, places) {
    return windows(text, places).flatMap(([start, end], at, all) => [
      at === 0 && start > 0 ? "… " : "", ...marked(text, places, start, end).map((node, first) =>
        first === 0 && typeof node === "string" ? node.trimStart() : node),
      end < text.length ? " … " : at + 1 < all.length ? " " : ""]);
  }

  async function textPart(number, row, part) {
    return part ? regesta.load("search/documents/" + number + "-" + part) : row.text;
  }

  /* The row of document `number`, and what to show below its title; `part` is where the rarest word first stands. */
  async function quote(number, part, marks) {
    const row = await regesta.load("search/documents/" + number);
    const find = regesta.engine.places;
    const language = row.language ? { lang: row.language } : {};
    let confirmed = find(row.title, marks).length > 0;
    for (let at = Math.min(part, row.parts - 1), tried = 0; at < row.parts && tried < 3; at++, tried++) {
      const text = await textPart(number, row, at);
      const places = find(text, marks);
      if (places.length) return { row, confirmed: true, content: element("p", { class: "quote", dir: "auto", ...language }, ...quoted(text, places)) };
      if (part < MOST_PARTS - 1 && at > part) break;
    }
    const inAbstract = find(row.abstract, marks);
    if (inAbstract.length) {
      return { row, confirmed: true, content: element("p", { class: "quote", dir: "auto" }, ...quoted(row.abstract, inAbstract)) };
    }
    const names = row.names.filter((name) => find(name, marks).length).slice(0, 4);
    confirmed = confirmed || names.length > 0 || row.parts > 1;
    const opening = row.abstract || row.text;
    const short = opening.length > OPENING ? opening.slice(0, atWord(opening, OPENING, -1)) + " …" : opening;
    const content = element("div", {});
    if (names.length) {
      content.append(element("p", { class: "quote named", dir: "auto" },
        ...names.flatMap((name, at) => [at ? "; " : "", ...marked(name, find(name, marks), 0, name.length)])));
    }
    if (short) content.append(element("p", { class: "abstract", dir: "auto", ...(row.abstract ? {} : language) }, short));
    return { row, confirmed, content };
  }

  regesta.quotes = { quote, marked };
})();
