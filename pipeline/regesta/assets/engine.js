/* The search of a Regesta site without its page: questions in, numbers of documents out. The data are written by
   regesta/search/shards.py; only the files that a question needs are loaded. */
(function () {
  "use strict";

  const LONGEST = 1000, MOST_ATOMS = 24;   // of a question
  const MOST_FILES = 16;                   // that the beginning of a word or the forms of one may load
  const IMPACTS = 15;                      // as in regesta/search/digests.py
  const FIELDS = {
    title: "title", person: "person", name: "person", place: "place", org: "organisation", organisation: "organisation",
    organization: "organisation", type: "type", archive: "archive", lang: "language", language: "language",
    translator: "translator", class: "classification", classification: "classification", number: "number",
    event: "event", term: "term", work: "work", note: "note",
  };
  const DATES = new Set(["before", "after", "date", "year"]);
  const QUESTION = new RegExp('(-)?(?:(\\p{L}+):)?(?:"([^"]*)"?|“([^”]*)”?|„([^“”]*)[“”]?|«([^»]*)»?|(\\S+))', "gu");

  let manifest, tokens, digits, frequent;

  async function open() {
    if (manifest) return;
    const found = await regesta.load("search/manifest");
    tokens = regesta.tokens(found);
    digits = new Uint8Array(128);
    Array.from(found.digits).forEach((char, value) => { digits[char.charCodeAt(0)] = value; });
    frequent = new Set(found.frequent);
    manifest = found;
  }

  // Questions -------------------------------------------------------------------------------------------------

  /* A question as atoms: {not, field, kind: word | phrase | prefix | before | after | date, text, raw}. */
  function parse(question, notes) {
    let text = question;
    if (text.length > LONGEST) { text = text.slice(0, LONGEST); notes.add("long"); }
    const atoms = [];
    for (const [whole, not, name, ...quoted] of text.matchAll(QUESTION)) {
      const words = quoted.find((each) => each !== undefined);
      const field = name && FIELDS[name.toLowerCase()], isDate = name && DATES.has(name.toLowerCase());
      const isPhrase = quoted[quoted.length - 1] === undefined;
      const full = name && !field && !isDate && !isPhrase ? whole.slice(not ? 1 : 0) : words;
      if (!tokens.pieces(full).length) continue;
      if (atoms.length === MOST_ATOMS) { notes.add("long"); break; }
      const kind = isDate ? name.toLowerCase() : isPhrase ? "phrase" : full.endsWith("*") ? "prefix" : "word";
      atoms.push({ not: Boolean(not), field: field || "", kind, text: full, raw: whole });
    }
    return atoms;
  }

  // Files and terms -------------------------------------------------------------------------------------------

  /* The first place in sorted `list` that is not below `word`. */
  function lowerBound(list, word) {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < word) low = middle + 1; else high = middle;
    }
    return low;
  }

  /* The names of the files that may hold terms from `first` up to, and without, `end`. */
  function filesBetween(first, end) {
    const { firsts, names } = manifest;
    const at = lowerBound(firsts, first);
    const start = firsts[at] === first ? at : Math.max(0, at - 1);
    return names.slice(start, Math.max(start + 1, lowerBound(firsts, end)));
  }

  const after = (prefix) => prefix + "\uffff";

  /* Terms from `first` up to `end` that `fits` accepts, each {term, stem, documents, file, at}; null for too many files. */
  async function termsBetween(first, end, fits) {
    const files = filesBetween(first, end);
    if (files.length > MOST_FILES) return null;
    const shards = await Promise.all(files.map((name) => regesta.load("search/terms-" + name)));
    const found = [];
    shards.forEach((shard, file) => {
      for (let at = lowerBound(shard.terms, first); at < shard.terms.length && shard.terms[at] < end; at++) {
        const term = { term: shard.terms[at], stem: shard.stems[at], documents: shard.documents[at], file: files[file], at };
        if (fits(term)) found.push(term);
      }
    });
    return found;
  }

  async function exact(term) {
    return (await termsBetween(term, term + "\u0000", () => true))[0];
  }

  const stemsOf = ({ term, stem }) => (stem ? stem.split(" ") : [term]);

  /* What the stemmers make of a word that the edition does not have. */
  async function stemsUnknown(text) {
    const cyrillic = /[\u0400-\u04ff]/.test(text);
    const wanted = manifest.stemmers.filter((name) => (name === "russian") === cyrillic);
    if (!/\p{L}/u.test(text) || !wanted.length) return [];
    await regesta.need("stemmers/base.js");
    await Promise.all(wanted.map((name) => regesta.need("stemmers/" + name + ".js")));
    return wanted.map((name) => {
      const stemmer = new window[name[0].toUpperCase() + name.slice(1) + "Stemmer"]();
      return tokens.fold(stemmer.stemWord(text.toLowerCase())).replace(/ /g, "");
    });
  }

  /* All forms of a word: those that share a stem with it. */
  async function formsOf(word, text) {
    const known = await exact(word);
    const stems = known ? stemsOf(known) : await stemsUnknown(text);
    const forms = new Map(known ? [[word, known]] : []);
    for (const stem of new Set(stems)) {
      const start = stem.length > 3 && stem.endsWith("i") ? stem.slice(0, -1) : stem;   // party, parties: parti
      const fits = (term) => stemsOf(term).includes(stem);
      const found = await termsBetween(start, after(start), fits) || [];
      for (const term of found) forms.set(term.term, term);
    }
    return [...forms.values()];
  }

  // Documents of terms ----------------------------------------------------------------------------------------

  /* Calls `each` with the numbers written in a text, one after another. */
  function reader(text) {
    let at = 0;
    return {
      more: () => at < text.length,
      digit: () => digits[text.charCodeAt(at++)],
      number() {
        let total = 0, weight = 1;
        for (;;) {
          const digit = digits[text.charCodeAt(at++)];
          total += weight * digit;
          if (digit < manifest.last) return total;
          weight *= manifest.more;
        }
      },
    };
  }

  /* Adds a term's documents to `hits`: number → {weight, part}. */
  function addDocuments(hits, text) {
    const read = reader(text);
    for (let number = 0; read.more();) {
      number += read.number();
      const entry = read.digit(), weight = (entry % IMPACTS) + 1, part = Math.floor(entry / IMPACTS);
      const known = hits.get(number);
      if (known) known.weight = Math.min(IMPACTS, known.weight + weight);
      else hits.set(number, { weight, part });
    }
    return hits;
  }

  function documentsOf(terms) {
    const hits = new Map();
    for (const term of terms) addDocuments(hits, term.documents);
    return scored(hits);
  }

  /* Weights become scores: rare words count more (as in BM25, Robertson and Zaragoza 2009). */
  function scored(hits) {
    const rarity = Math.log(1 + (manifest.documents - hits.size + 0.5) / (hits.size + 0.5)) / IMPACTS;
    for (const hit of hits.values()) hit.weight *= rarity;
    return hits;
  }

  function both(one, other) {
    const [small, large] = one.size < other.size ? [one, other] : [other, one];
    const found = new Map();
    for (const [number, hit] of small) {
      const match = large.get(number);
      if (match) {
        const first = hit.weight >= match.weight ? hit : match;
        found.set(number, { weight: hit.weight + match.weight, part: first.part });
      }
    }
    return found;
  }

  function either(one, other) {
    const found = new Map(one);
    for (const [number, hit] of other) if (!found.has(number) || found.get(number).weight < hit.weight) found.set(number, hit);
    return found;
  }

  // Phrases ---------------------------------------------------------------------------------------------------

  /* A word as a term: fields, and pairs of frequent words, sort apart from words by their first character. */
  const keyOf = (field, word) => (field ? ":" + field + ":" + word : word);

  /* The terms of a phrase with their offsets. */
  function phraseTerms(text, field) {
    const found = [];
    let place = 0;
    const add = (word, offset) => found.push({ word, key: keyOf(field, word), place: place + offset });
    for (const { word, run, places } of tokens.pieces(text)) {
      if (word !== undefined) add(word, 0);
      else if (run.length === 1) add(run[0], 0);
      else run.slice(1).forEach((char, at) => add(run[at] + char, at));
      place += places;
    }
    return found;
  }

  /* number → sorted places, for one term. */
  async function placesOf(term) {
    const text = (await regesta.load("search/places-" + term.file))[term.at];
    const read = reader(text), numbers = reader(term.documents), found = new Map();
    for (let number = 0; numbers.more() && read.more();) {
      number += numbers.number();
      numbers.digit();
      const places = [];
      for (let count = read.number(), place = 0; count > 0; count--) places.push(place += read.number());
      found.set(number, places);
    }
    return found;
  }

  /* Documents in which the terms follow each other. Places of frequent words are not kept: where two of them meet the
     pair is a term; a frequent word beside a rarer one is looked for only in what a result shows. */
  async function phrase(text, field, notes) {
    const wanted = phraseTerms(text, field);
    const isFrequent = ({ key }) => frequent.has(key);
    const keys = new Set(wanted.map(({ key }) => key));
    wanted.forEach((term, at) => {
      const next = wanted[at + 1];
      if (next && next.place === term.place + 1 && isFrequent(term) && isFrequent(next)) keys.add(" " + term.key + " " + next.key);
    });
    const terms = new Map(await Promise.all([...keys].map(async (key) => [key, await exact(key)])));
    if ([...terms.values()].some((term) => !term)) return new Map();
    const paired = new Set([...keys].filter((key) => key.startsWith(" ")).flatMap((key) => key.slice(1).split(" ")));
    let hits = [...terms.keys()].filter((key) => !paired.has(key)).map((key) => documentsOf([terms.get(key)])).reduce(both);
    const rare = wanted.filter((term) => !isFrequent(term));
    if (rare.length && rare.length < wanted.length) notes.add("phrase");
    if (rare.length < 2 || !hits.size) return hits;
    const placed = new Map(await Promise.all([...new Set(rare.map(({ key }) => key))].map(async (key) => [key, await placesOf(terms.get(key))])));
    for (const number of [...hits.keys()]) {
      const rows = rare.map(({ key, place }) => ({ places: new Set(placed.get(key).get(number)), place }));
      const [first, ...others] = rows;
      const together = [...first.places].some((start) =>
        others.every(({ places, place }) => places.has(start - first.place + place)));
      if (!together) hits.delete(number);
    }
    return hits;
  }

  // Dates -----------------------------------------------------------------------------------------------------

  async function union(first, end, fits) {
    const found = await termsBetween(first, first + end, fits);
    const hits = new Map();
    for (const term of found || []) addDocuments(hits, term.documents);
    return hits;
  }

  /* Documents that may lie before or after a year, month or day; "after" takes in the day itself, "before" does not.
     Of a year or month that the date divides, months and days tell; a date that does not say them may lie there. */
  async function dated(kind, text) {
    const given = regesta.readDate(text);
    if (!given) return null;
    const parts = given.split("-"), families = ["year", "month", "day"];
    if (kind === "date" || kind === "year") return union(keyOf(families[parts.length - 1], given), "\u0000", () => true);
    let hits = new Map();
    for (let at = 0; at < parts.length; at++) {
      const within = parts.slice(0, at).join("-"), value = parts.slice(0, at + 1).join("-"), last = at === parts.length - 1;
      const fits = (own) => own !== "" && own.startsWith(within) && (own === within ? at > 0
        : kind === "after" ? own > value || (last && own === value) : own < value);
      const key = keyOf(families[at], within);
      hits = either(hits, await union(key, "\uffff", ({ term }) => fits(term.slice(term.lastIndexOf(":") + 1))));
    }
    return hits;
  }

  // Answers ---------------------------------------------------------------------------------------------------

  async function beginning(field, text, notes) {
    const pieces = tokens.pieces(text);
    const last = pieces[pieces.length - 1];
    const start = keyOf(field, last.word || last.run.join(""));
    let found = await termsBetween(start, after(start), () => true);
    if (!found) { notes.add("broad"); found = [await exact(start)].filter(Boolean); }
    const hits = documentsOf(found);
    const mark = last.word === undefined ? { run: last.run.join("") } : { words: [new Set()], prefix: last.word };
    return { hits, marks: [mark] };
  }

  /* Documents that hold a word in any of its forms, or of several that hyphens join, all or as one. */
  async function wordHits(field, text, notes) {
    const pieces = tokens.pieces(text);
    if (pieces.some(({ run }) => run) || pieces.length > 1) return joinedHits(field, text, pieces, notes);
    const { word } = pieces[0];
    const forms = await formsOf(word, text);
    const names = forms.map(({ term }) => term);
    const marks = [{ words: [new Set([word, ...names])], joined: new Set(names) }];
    if (!field) return { hits: documentsOf(forms), marks };
    const keys = field === "title" || field === "type" ? new Set([word, ...names]) : [word];
    const found = await Promise.all([...keys].map((each) => exact(keyOf(field, each))));
    return { hits: documentsOf(found.filter(Boolean)), marks: [{ words: [new Set(keys)], joined: new Set(keys) }] };
  }

  async function joinedHits(field, text, pieces, notes) {
    const single = pieces.length === 1 && pieces[0].run.length === 1;
    if (single) return beginning(field, text, notes);
    const runs = pieces.filter(({ run }) => run).map(({ run }) => ({ run: run.join("") }));
    let hits = await phrase(text, field, notes);
    const joined = new Set(tokens.compounds(text));
    for (const word of joined) {
      const term = await exact(keyOf(field, word));
      if (term) hits = either(hits, documentsOf([term]));
    }
    const marks = runs.length ? runs : [{ words: pieces.map(({ word }) => new Set([word])), joined }];
    return { hits, marks };
  }

  async function answer(atom, notes) {
    if (DATES.has(atom.kind)) {
      const hits = await dated(atom.kind, atom.text);
      if (!hits) notes.add("date");
      return { hits, marks: [], silent: true };
    }
    if (atom.kind === "prefix") return beginning(atom.field, atom.text, notes);
    if (atom.kind === "word") return wordHits(atom.field, atom.text, notes);
    const pieces = tokens.pieces(atom.text);
    const runs = pieces.filter(({ run }) => run).map(({ run }) => ({ run: run.join("") }));
    if (pieces.length === 1 && !runs.length) {
      const found = await exact(keyOf(atom.field, pieces[0].word));
      return { hits: documentsOf(found ? [found] : []), marks: [{ words: [new Set([pieces[0].word])] }] };
    }
    const hits = await phrase(atom.text, atom.field, notes);
    return { hits, marks: runs.length ? runs : [{ words: pieces.map(({ word }) => new Set([word])) }] };
  }

  async function everything() {
    const hits = await union(":year:", "\uffff", () => true);
    for (const hit of hits.values()) hit.weight = 0;
    return hits;
  }

  /* The documents that answer a question, best first, with their scores, what to mark in them, and notes: long, broad,
     date, phrase; where nothing has all that was sought, how many have each part `alone`. `typing`: the last word is
     not finished. */
  async function search(question, typing) {
    await open();
    const notes = new Set();
    const atoms = parse(question, notes);
    const last = atoms[atoms.length - 1];
    if (typing && last && last.kind === "word" && !last.not && !/\s$/.test(question) && tokens.pieces(last.text).length === 1
      && tokens.pieces(last.text)[0].word?.length > 1) last.kind = "prefix";
    const none = { numbers: [], scores: new Map(), parts: new Map(), marks: [], notes: [...notes], words: atoms.length, alone: [] };
    if (!atoms.length || !manifest.documents) return none;
    const answers = await Promise.all(atoms.map((atom) => answer(atom, notes)));
    const alone = atoms.map(({ not, raw }, at) => [raw, not || !answers[at].hits ? 0 : answers[at].hits.size]).filter(([, size]) => size);
    let hits = null, not = [];
    const marks = [];
    atoms.forEach((atom, at) => {
      const { hits: own, marks: ownMarks, silent } = answers[at];
      if (!own) return;
      if (atom.not) { not.push(own); return; }
      if (silent) for (const hit of own.values()) hit.weight = 0;
      hits = hits ? both(hits, own) : own;
      marks.push(...ownMarks);
    });
    hits = hits || (not.length ? await everything() : new Map());
    for (const own of not) for (const number of own.keys()) hits.delete(number);
    const numbers = [...hits.keys()].sort((one, other) => hits.get(other).weight - hits.get(one).weight || one - other);
    return {
      numbers,
      scores: new Map(numbers.map((number) => [number, hits.get(number).weight])),
      parts: new Map(numbers.map((number) => [number, hits.get(number).part])),
      marks, notes: [...notes], words: atoms.length, alone: numbers.length || atoms.length < 2 ? [] : alone,
    };
  }

  /* What to mark in a text that answers the question, and the tool that finds it there. */
  async function marksOf(question) {
    const { marks } = await search(question);
    return { marks, places: tokens.places };
  }

  regesta.engine = { search, marksOf, places: (text, marks) => tokens.places(text, marks) };
})();
