/* The facsimile beside the text: opens the pictures of a page in OpenSeadragon, which is fetched from the site when it
   is first wanted. Without this script a picture is a link to its file, and zones and lines are links to each other. */
(function () {
  "use strict";

  const base = new URL(".", document.currentScript.src);
  const words = document.querySelector(".viewer-words").dataset;
  const pictures = [];   // {url, name, svg}, in the order of the page; svg has the zones, if any
  let viewer = null;
  let panel = null;
  let opener = null;     // what was clicked: it gets the focus back
  let wanted = null;     // the zone to show when its picture has been opened

  const addressOf = (svg) => new URL(svg.querySelector("image").getAttribute("href"), document.baseURI).href;
  const leaves = [...document.querySelectorAll("a.leaf, .graphic > a")].filter((leaf) => !leaf.rel);

  for (const svg of document.querySelectorAll(".picture-map svg")) {
    pictures.push({ url: addressOf(svg), name: svg.getAttribute("aria-label"), svg });
  }
  for (const leaf of leaves) {
    if (pictures.some((picture) => picture.url === leaf.href)) continue;
    const image = leaf.querySelector("img");
    pictures.push({ url: leaf.href, name: image ? image.alt : leaf.textContent, svg: null });
  }

  function button(word, sign, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.title = word;
    made.setAttribute("aria-label", word);
    made.addEventListener("click", act);
    return made;
  }

  function makePanel() {
    const bar = document.createElement("div");
    bar.className = "viewer-bar";
    const name = document.createElement("span");
    name.setAttribute("aria-live", "polite");
    const close = button(words.close, "×", hide);
    const turn = (by) => () => {
      const page = viewer.currentPage() + by;
      if (page >= 0 && page < pictures.length) viewer.goToPage(page);
    };
    bar.append(name);
    if (pictures.length > 1) bar.append(button(words.previous, "←", turn(-1)), button(words.next, "→", turn(1)));
    bar.append(
      button(words.smaller, "−", () => viewer.viewport.zoomBy(1 / 1.4)),
      button(words.larger, "+", () => viewer.viewport.zoomBy(1.4)),
      close,
    );
    const stage = document.createElement("div");
    const element = document.createElement("aside");
    element.className = "viewer";
    element.setAttribute("data-generated", "");
    element.setAttribute("aria-label", words.name);
    element.append(bar, stage);
    document.body.append(element);
    return { element, stage, name, close };
  }

  function makeViewer(page) {
    const made = window.OpenSeadragon({
      element: panel.stage,
      tileSources: pictures.map((picture) => ({ type: "image", url: picture.url })),
      sequenceMode: true,
      initialPage: page,
      drawer: "canvas",
      showNavigationControl: false,
      showSequenceControl: false,
      animationTime: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 0.6,
      gestureSettingsMouse: { clickToZoom: false },
    });
    made.addHandler("open", opened);
    return made;
  }

  /* A picture is there: its name, its zones, and the one that was asked for. */
  function opened() {
    const picture = pictures[viewer.currentPage()];
    panel.name.textContent = picture.name;
    viewer.clearOverlays();
    for (const zone of picture.svg ? picture.svg.querySelectorAll(".zone") : []) {
      const place = overlay(zone);
      if (zone === wanted) viewer.viewport.fitBoundsWithConstraints(place);
    }
    light(wanted ? wanted.id : "");
    wanted = null;
  }

  function overlay(zone) {
    const frame = zone.ownerSVGElement.viewBox.baseVal;
    const box = zone.getBBox();
    const item = viewer.world.getItemAt(0);
    const across = item.getContentSize().x / frame.width;
    const down = item.getContentSize().y / frame.height;
    const place = item.imageToViewportRectangle(
      (box.x - frame.x) * across, (box.y - frame.y) * down, box.width * across, box.height * down);
    const element = document.createElement("a");
    element.className = "zone-mark";
    element.dataset.zone = zone.id;
    element.setAttribute("aria-label", zone.getAttribute("aria-label") || "");
    if (zone.getAttribute("href")) element.href = zone.getAttribute("href");
    element.addEventListener("click", () => { window.location.hash = element.hash; });
    viewer.addOverlay({ element, location: place });
    return place;
  }

  function light(id) {
    for (const element of document.querySelectorAll(".zone, .zone-mark")) {
      element.classList.toggle("shown", id !== "" && (element.dataset.zone || element.id) === id);
    }
  }

  function show(page, zone) {
    panel = panel || makePanel();
    panel.element.hidden = false;
    document.body.classList.add("with-viewer");
    wanted = zone;
    if (!viewer) viewer = makeViewer(page);
    else if (viewer.currentPage() === page) opened();
    else viewer.goToPage(page);
    panel.close.focus();
  }

  function hide() {
    panel.element.hidden = true;
    document.body.classList.remove("with-viewer");
    if (opener) opener.focus();
  }

  function load() {
    if (window.OpenSeadragon) return Promise.resolve();
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL("openseadragon.min.js", base).href;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function open(event, url, zone) {
    const page = pictures.findIndex((picture) => picture.url === url);
    if (page < 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    opener = event.currentTarget;
    load().then(() => show(page, zone), () => { window.location.href = url; });
  }

  for (const leaf of leaves) leaf.addEventListener("click", (event) => open(event, leaf.href, null));

  for (const place of document.querySelectorAll("a.zone-link[href^='#']")) {
    const zone = document.getElementById(decodeURIComponent(place.hash.slice(1)));
    if (!zone) continue;
    place.addEventListener("pointerenter", () => light(zone.id));
    place.addEventListener("focus", () => light(zone.id));
    place.addEventListener("click", (event) => {
      if (panel && !panel.element.hidden) open(event, addressOf(zone.ownerSVGElement), zone);
    });
    zone.addEventListener("pointerenter", () => place.classList.add("shown"));
    zone.addEventListener("pointerleave", () => place.classList.remove("shown"));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel && !panel.element.hidden) hide();
  });
})();
