/* Previews of notes: what stands at the foot of the page shows beside its call, for mouse, keyboard and touch alike.
   Without this script a call is a link to its note. What is shown is a copy of nodes: no text becomes markup. */
(function () {
  "use strict";

  const preview = document.createElement("aside");
  preview.className = "note-preview";
  preview.hidden = true;
  preview.setAttribute("role", "note");
  preview.setAttribute("data-generated", "");
  let shown = null;      // the call whose note is shown
  let leaving = 0;       // the timer that lets a pointer move from the call to the preview

  function noteOf(call) {
    const note = document.getElementById(decodeURIComponent(call.hash.slice(1)));
    return note && note.textContent.trim() ? note : null;
  }

  function copyOf(note) {
    const copy = note.cloneNode(true);
    for (const back of copy.querySelectorAll(".back")) back.remove();
    for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
    copy.className = "";
    return copy;
  }

  function show(call) {
    const note = noteOf(call);
    clearTimeout(leaving);
    if (!note || shown === call) return;
    preview.replaceChildren(copyOf(note));
    const section = note.closest("[lang]");
    if (section) { preview.lang = section.lang; preview.dir = section.dir; }
    document.body.append(preview);
    preview.hidden = false;
    place(call);
    shown = call;
  }

  /* Below the call where there is room, else above it; never beyond the edges of the window. */
  function place(call) {
    const at = call.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left - 24), document.documentElement.clientWidth - preview.offsetWidth - 8);
    const below = at.bottom + 8 + preview.offsetHeight < document.documentElement.clientHeight;
    preview.style.left = Math.max(8, left) + window.scrollX + "px";
    preview.style.top = (below ? at.bottom + 8 : at.top - 8 - preview.offsetHeight) + window.scrollY + "px";
  }

  function hide() {
    clearTimeout(leaving);
    preview.hidden = true;
    shown = null;
  }

  function hideSoon() {
    clearTimeout(leaving);
    leaving = setTimeout(hide, 250);
  }

  let touched = false;
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (shown && !preview.contains(event.target) && !event.target.closest(".call")) hide();
  });
  for (const call of document.querySelectorAll("a.call")) {
    call.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(call); });
    call.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") hideSoon(); });
    call.addEventListener("focus", () => { if (call.matches(":focus-visible")) show(call); });
    call.addEventListener("blur", hideSoon);
    call.addEventListener("click", (event) => {
      // A finger has nothing to hover with: its first tap shows the note, the second one follows the link.
      if (touched && shown !== call && noteOf(call)) {
        event.preventDefault();
        show(call);
      } else {
        hide();
      }
    });
  }
  preview.addEventListener("pointerenter", () => clearTimeout(leaving));
  preview.addEventListener("pointerleave", hideSoon);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
})();
