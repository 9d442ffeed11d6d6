/* How the site's scripts get their data and each other: as classic scripts, for from file:// a browser loads
   neither modules nor data. Each file of data calls regesta.add with its name below data/. */
(function () {
  "use strict";

  const root = new URL("..", document.currentScript.src);
  const waiting = new Map();   // name → what takes the data
  const loaded = new Map();    // address → promise

  function run(address, name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(address, root).href;
      script.onerror = () => { loaded.delete(address); reject(new Error(address)); };
      if (name === undefined) script.onload = () => resolve();
      else waiting.set(name, resolve);
      document.head.append(script);
    });
  }

  function once(address, name) {
    if (!loaded.has(address)) loaded.set(address, run(address, name));
    return loaded.get(address);
  }

  /* What a reader types as a date: 1956, 1956-8, 30.8.1956; null for what is none. */
  function readDate(text) {
    const words = text.trim();
    if (words === "") return "";
    const dotted = /^(?:(\d{1,2})\.\s*)?(\d{1,2})\.\s*(\d{4})$/.exec(words);
    const found = dotted ? [0, dotted[3], dotted[2], dotted[1]] : /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(words);
    if (!found || found[2] > 12 || found[2] === "0" || found[3] > 31) return null;
    return [found[1], found[2], found[3]].filter(Boolean).map((part, at) => (at ? part.padStart(2, "0") : part)).join("-");
  }

  window.regesta = {
    readDate,
    add(name, data) { waiting.get(name)(data); },
    /* The data of a file below data/, named without its ending. */
    load(name) { return once("data/" + name + ".js", name); },
    /* Runs another script of the site, once. */
    need(asset) { return once("assets/" + asset); },
    /* The address of a page of the site, as seen from this page. */
    address(path) { return new URL(path, root).href; },
    /* An element with attributes and children; texts are texts, never markup. */
    element(name, attributes, ...children) {
      const made = document.createElement(name);
      for (const [key, value] of Object.entries(attributes || {})) {
        if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value === true ? "" : value);
      }
      made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
      return made;
    },
    /* A statement and what is to be noted about it, as sentences. */
    sentences(first, ...notes) {
      return notes.length ? [/[.。]$/.test(first) ? first : first + ".", ...notes].join(" ") : first;
    },
    /* The tool's words on this page, by key; {} or {1}, {2} … are filled in. Unknown words stand for themselves. */
    words(list) {
      const known = new Map();
      for (const item of list.children) known.set(item.dataset.key, item.textContent);
      const say = (key, ...values) =>
        (known.get(key) || "").replace(/\{(\d*)\}/g, (_, number) => values[(number || 1) - 1]);
      /* A date of numbers in the site's words, as xslt/lib/dates.xsl says it; other wordings stay. */
      say.date = (text) => (/\d-\d/.test(text) ? text.split("–").map((part) => {
        const found = /^(-?\d{4,})-(\d\d)(?:-(\d\d))?$/.exec(part);
        if (!found || !known.has("month-" + found[2])) return part;
        const [, year, month, day] = found;
        return day ? say("date-day", String(Number(day)), known.get("month-of-" + month), year)
          : say("month-and-year", known.get("month-" + month), year);
      }).join("–") : text);
      say.term = (family, word) => known.get(family + "-" + word.toLowerCase()) || word;
      return say;
    },
  };
})();
