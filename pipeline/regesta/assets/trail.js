/* On pages that list documents: remembers the list that a reader leaves for a document, for as long as the window is
   open, so that the document's page can lead on in it. */
(function () {
  "use strict";

  const documents = "a[href*='documents/']";

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(documents);
    if (!link || !document.getElementById("main").contains(link)) return;
    const pages = new Map();
    for (const each of document.querySelectorAll("#main " + documents)) {
      const name = decodeURIComponent(each.pathname.split("/").pop());
      if (!pages.has(name)) pages.set(name, { name: name, href: each.href, label: each.textContent.trim().slice(0, 200) });
    }
    const title = (document.querySelector("h1") || document).textContent.trim().slice(0, 200);
    const left = { href: location.href, title: title, pages: Array.from(pages.values()).slice(0, 2000) };
    try { sessionStorage.setItem("regesta-trail", JSON.stringify(left)); } catch { /* The window keeps nothing. */ }
  });
})();
