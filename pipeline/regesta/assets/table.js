/* The combined index in memory: columns, what readers choose from them, and how many documents each choice leaves.
   No page here: facets.js shows it. The data are written by regesta/indexing/columns.py. */
(function () {
  "use strict";

  const FACETS = ["date", "type", "person", "organisation", "place", "archive", "classification", "language",
    "translator", "transcript", "membership"];
  const UNDATED = "undated";

  /* One facet: its values by number, and the values of row r at values[offsets[r]] … values[offsets[r + 1] - 1]. */
  class Facet {
    constructor(rows) {
      this.keys = [];
      this.labels = [];
      this.byKey = new Map();
      this.offsets = new Uint32Array(rows + 1);
      this.values = [];
    }

    number(key, label) {
      let at = this.byKey.get(key);
      if (at === undefined) {
        at = this.keys.length;
        this.byKey.set(key, at);
        this.keys.push(key);
        this.labels.push(label || key);
      }
      return at;
    }

    append(start, { keys, labels, counts, values }) {
      const numbers = keys.map((key, at) => this.number(key, labels[at]));
      counts.forEach((count, at) => { this.offsets[start + at + 1] = this.offsets[start + at] + count; });
      for (const value of values) this.values.push(numbers[value]);
    }

    close() {
      this.values = Uint32Array.from(this.values);
      this.totals = new Uint32Array(this.keys.length);
      for (const value of this.values) this.totals[value]++;
    }
  }

  /* A date's year, its year and month, or that it has none. */
  function periods(date) {
    const found = /^(-?\d{4,})(-\d\d)?/.exec(date);
    if (!found) return [UNDATED];
    return found[2] ? [found[1], found[1] + found[2]] : [found[1]];
  }

  class Table {
    constructor(manifest, columns) {
      this.rows = manifest.documents;
      this.ids = []; this.numbers = []; this.titles = []; this.dates = []; this.written = [];
      this.facets = new Map(FACETS.map((name) => [name, new Facet(this.rows)]));
      let start = 0;
      for (const block of columns) {
        for (const name of ["ids", "numbers", "titles", "dates", "written"]) this[name].push(...block[name]);
        for (const [name, column] of Object.entries(block.facets)) this.facets.get(name).append(start, column);
        start += block.ids.length;
      }
      const dates = this.facets.get("date");
      this.dates.forEach((date, row) => {
        const found = periods(date).map((key) => dates.number(key));
        dates.offsets[row + 1] = dates.offsets[row] + found.length;
        dates.values.push(...found);
      });
      for (const facet of this.facets.values()) facet.close();
      this.blocks = manifest.items;
    }

    /* The file of items that row stands in, and its place there. */
    itemOf(row) {
      let start = 0;
      for (const [name, size] of this.blocks) {
        if (row < start + size) return [name, row - start];
        start += size;
      }
      return null;
    }

    /* Rows that fit `chosen` (facet → set of keys), the range and `found` (Set of document numbers, or null), and for
       each facet how many rows each value would leave: a facet's own choice does not count against its values. */
    choose(chosen, range, found) {
      const tests = [];
      for (const [name, keys] of chosen) {
        if (!keys.size) continue;
        const facet = this.facets.get(name);
        const wanted = new Uint8Array(facet.keys.length);
        for (const key of keys) if (facet.byKey.has(key)) wanted[facet.byKey.get(key)] = 1;
        tests.push({ facet, wanted });
      }
      const all = [...this.facets.values()];
      const counts = all.map((facet) => new Uint32Array(facet.keys.length));
      const rows = [];
      for (let row = 0; row < this.rows; row++) {
        if (found && !found.has(this.numbers[row])) continue;
        if (range && !range(this.dates[row])) continue;
        let failed = null, failures = 0;
        for (const { facet, wanted } of tests) {
          let fits = false;
          for (let at = facet.offsets[row]; at < facet.offsets[row + 1]; at++) {
            if (wanted[facet.values[at]]) { fits = true; break; }
          }
          if (!fits) { failed = facet; if (++failures > 1) break; }
        }
        if (failures > 1) continue;
        if (!failures) rows.push(row);
        for (let each = 0; each < all.length; each++) {
          const facet = all[each];
          if (failures && facet !== failed) continue;
          const count = counts[each], values = facet.values, end = facet.offsets[row + 1];
          for (let at = facet.offsets[row]; at < end; at++) count[values[at]]++;
        }
      }
      return { rows, counts: new Map([...this.facets.keys()].map((name, at) => [name, counts[at]])) };
    }

    /* The rows in another order; those that have nothing to sort by come last, equals stay in collection order. */
    sort(rows, order, scores, language, name) {
      if (order === "date") return sorted(rows, (row) => this.dates[row], (one, other) => (one < other ? -1 : 1));
      if (order === "relevance" && scores) {
        return rows.slice().sort((one, other) =>
          scores.get(this.numbers[other]) - scores.get(this.numbers[one]) || one - other);
      }
      const collator = new Intl.Collator(language, { ignorePunctuation: true, numeric: true });
      if (order === "title") return sorted(rows, (row) => this.titles[row], collator.compare);
      if (order === "type" || order === "archive") {
        const facet = this.facets.get(order);
        const names = facet.keys.map((key, at) => name(order, key, facet.labels[at]));
        const ranks = ranked(names, collator.compare);
        const first = (row) => (facet.offsets[row] < facet.offsets[row + 1] ? ranks[facet.values[facet.offsets[row]]] : "");
        return sorted(rows, first, (one, other) => one - other);
      }
      return rows;
    }
  }

  function sorted(rows, key, compare) {
    const keys = new Map(rows.map((row) => [row, key(row)]));
    return rows.slice().sort((one, other) => {
      const a = keys.get(one), b = keys.get(other);
      if (a === b) return one - other;
      if (a === "" || b === "") return a === "" ? 1 : -1;
      return compare(a, b) || one - other;
    });
  }

  function ranked(names, compare) {
    const order = names.map((_, at) => at).sort((one, other) => compare(names[one], names[other]));
    const ranks = new Array(names.length);
    order.forEach((at, rank) => { ranks[at] = rank; });
    return ranks;
  }

  /* A test of dates between two, each a year, a month or a day: what may lie in the range does. */
  function within(from, to, undated) {
    if (!from && !to) return null;
    return (date) => {
      if (date === "") return undated;
      const start = Math.min(from.length, date.length), end = Math.min(to.length, date.length);
      return date.slice(0, start) >= from.slice(0, start) && (!to || date.slice(0, end) <= to.slice(0, end));
    };
  }

  async function open() {
    const manifest = await regesta.load("index/manifest");
    const columns = await Promise.all(manifest.columns.map(([name]) => regesta.load("index/columns-" + name)));
    return new Table(manifest, columns);
  }

  regesta.table = { FACETS, UNDATED, open, within };
})();
