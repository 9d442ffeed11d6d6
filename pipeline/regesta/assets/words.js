/* Words as regesta/search/words.py makes them, and where they stand in a text. The ranges of characters come from the
   search's manifest. */
(function () {
  "use strict";

  const APOSTROPHES = "'’ʼ‘`´";
  const COMPOUND = new RegExp("[\\p{L}\\p{M}]+(?:[" + APOSTROPHES + "‐‑-][\\p{L}\\p{M}]+)+", "gu");

  function characterClass(ranges) {
    const escape = (point) => "\\u{" + point.toString(16) + "}";
    return ranges.map(([first, last]) => escape(first) + "-" + escape(last)).join("");
  }

  function tokens(manifest) {
    const ignored = new RegExp("[" + characterClass(manifest.ignored) + "]", "gu");
    const unspaced = characterClass(manifest.unspaced);
    const runs = new RegExp("([" + unspaced + "]+)|[^" + unspaced + "]+", "gu");
    const isUnspaced = new RegExp("^[" + unspaced + "]+$", "u");

    function fold(text) {
      return text.normalize("NFKD").replace(/и\u0306/g, "й").replace(/И\u0306/g, "Й").replace(ignored, "")
        .replace(/[^\p{L}\p{N}\p{M}]/gu, " ").toUpperCase().toLowerCase().replace(/ς/g, "σ").normalize("NFC");
    }

    /* The pieces of a text in order: {word} or {run}, each with how many places it takes in the index. */
    function pieces(text) {
      const found = [];
      for (const word of fold(text).split(" ").filter(Boolean)) {
        for (const [piece, run] of word.matchAll(runs)) {
          const chars = Array.from(piece);
          found.push(run === undefined ? { word: chars.slice(0, manifest.longest).join(""), places: 1 }
            : { run: chars, places: chars.length });
        }
      }
      return found;
    }

    /* The words that hyphens and apostrophes join, as one word each. */
    function compounds(text) {
      return [...text.matchAll(COMPOUND)].map(([found]) => fold(found.replace(/[^\p{L}\p{M}]/gu, "")))
        .filter((word) => word && !isUnspaced.test(word[0]));
    }

    /* Where `marks` stand in a text: [[start, end, number of the mark], …], in order, none within another.
       A mark has `words` (a list of sets of folded words that follow each other), `prefix`, or `run` (characters). */
    function places(text, marks) {
      const found = [];
      const words = [];
      for (const match of text.matchAll(/[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d]+/gu)) {
        words.push({ start: match.index, end: match.index + match[0].length, word: fold(match[0]).replace(/ /g, "") });
      }
      marks.forEach((mark, number) => {
        if (mark.run) {
          for (let at = text.indexOf(mark.run); at >= 0; at = text.indexOf(mark.run, at + mark.run.length)) {
            found.push([at, at + mark.run.length, number]);
          }
          return;
        }
        const fits = (word, wanted) => wanted.has(word) || (mark.prefix && word.startsWith(mark.prefix));
        const length = mark.words.length;
        for (let at = 0; at + length <= words.length; at++) {
          if (mark.words.every((wanted, step) => fits(words[at + step].word, wanted))) {
            found.push([words[at].start, words[at + length - 1].end, number]);
          }
        }
        for (const match of mark.joined ? text.matchAll(COMPOUND) : []) {
          if (mark.joined.has(fold(match[0].replace(/[^\p{L}\p{M}]/gu, "")))) {
            found.push([match.index, match.index + match[0].length, number]);
          }
        }
      });
      found.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
      let last = 0;
      return found.filter(([start, end]) => { const kept = start >= last; if (kept) last = end; return kept; });
    }

    return { fold, pieces, compounds, places };
  }

  regesta.tokens = tokens;
})();
