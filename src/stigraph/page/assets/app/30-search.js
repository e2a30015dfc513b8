/* Width, case, kana and the marks between words do not matter. */
function fold(text) {
  return String(text).normalize("NFKC").toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 96))
    .replace(/[\s\u00b7\u2022\u2219\u22c5\u30fb\uff65\u002d\u00ad\u2010-\u2015\u2212_\u200b-\u200d\u2060\ufeff]+/gu, "");
}

function codeOf(id) {
  const parts = String(id).split(/[/#]/).filter(Boolean);
  return parts.length ? parts[parts.length - 1] : String(id);
}

const FIELD = "\n";
const searchable = { texts: null, aliases: null };

function searchTexts() {
  if (!searchable.texts) {
    searchable.texts = new Array(count);
    for (let i = 0; i < count; i++) {
      const ja = fold(graph.nodes.ja[i] || ""), en = fold(graph.nodes.en[i] || "");
      searchable.texts[i] = FIELD + ja + FIELD + (en && en !== ja ? en + FIELD : "") + fold(codeOf(ids[i])) + FIELD;
    }
  }
  return searchable.texts;
}

function addAliases(block) {
  searchable.aliases = new Map();
  for (const [i, names] of Object.entries(block.names)) {
    searchable.aliases.set(Number(i), FIELD + names.map(fold).join(FIELD) + FIELD);
  }
}

function likeness(text, query) {
  if (text.includes(FIELD + query + FIELD)) return 0;
  if (text.includes(FIELD + query)) return 1;
  return 2;
}

/* Node indices that match, the closest first, then by importance. */
function find(text) {
  const query = fold(text);
  if (!query) return [];
  const texts = searchTexts(), ranked = [[], [], [], [], [], []];
  const address = /[:/#]/.test(text) ? text.trim().toLowerCase() : null;
  for (let i = 0; i < count; i++) {
    if (address && ids[i].toLowerCase().includes(address)) {
      ranked[ids[i].length === address.length ? 0 : 4].push(i);
      continue;
    }
    let rank = texts[i].includes(query) ? likeness(texts[i], query) * 2 : 9;
    const names = searchable.aliases && rank > 0 ? searchable.aliases.get(i) : undefined;
    if (names && names.includes(query)) rank = Math.min(rank, likeness(names, query) * 2 + 1);
    if (rank < 9) ranked[rank].push(i);
  }
  return ranked.flat();
}

function aliasFor(i, text) {
  const query = fold(text);
  if (!parsed || searchTexts()[i].includes(query)) return "";
  return (parsed.names[i] || []).find((name) => fold(name).includes(query)) || "";
}

const finder = { found: [], active: -1 };
const MOST_RESULTS = 50;

function showResults() {
  const text = byId("search").value;
  finder.active = -1;
  byId("search").removeAttribute("aria-activedescendant");
  if (!fold(text)) return closeResults();
  const all = find(text);
  finder.found = all.slice(0, MOST_RESULTS);
  byId("results").replaceChildren(...finder.found.map((i, place) => option(i, place, text)));
  const note = !all.length ? word("found-none")
    : all.length > MOST_RESULTS ? word("found-of", MOST_RESULTS, number(all.length)) : word("found-all", all.length);
  byId("results-note").textContent = note;
  byId("found").hidden = false;
  byId("search").setAttribute("aria-expanded", "true");
  announce(note);
}

function option(i, place, text) {
  const alias = aliasFor(i, text);
  const name = saying("span", labelOf(i), { class: "name" });
  const also = [alias, shown[i] ? "" : word("not-drawn")].filter(Boolean).join(" · ");
  if (also) name.append(el("span", { class: "also" }, also));
  const symbol = symbolOf(classOf[i]);
  return el("li", { role: "option", id: `result-${place}`, "data-node": ids[i], "aria-selected": "false" },
    symbol, name, el("span", { class: "class" }, classLabel(i)));
}

function closeResults() {
  finder.found = [];
  byId("found").hidden = true;
  byId("results").replaceChildren();
  byId("search").setAttribute("aria-expanded", "false");
  byId("search").removeAttribute("aria-activedescendant");
}

function activate(place) {
  const options = byId("results").children;
  if (!options.length) return;
  finder.active = (place + options.length) % options.length;
  for (let turn = 0; turn < options.length; turn++) options[turn].setAttribute("aria-selected", String(turn === finder.active));
  byId("search").setAttribute("aria-activedescendant", `result-${finder.active}`);
  options[finder.active].scrollIntoView({ block: "nearest" });
}

function choose(i) {
  byId("search").value = "";
  closeResults();
  byId("search").blur();
  visit(i);
}

function startSearch() {
  const box = byId("search");
  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(showResults, count > 5000 ? 60 : 0);
  });
  box.addEventListener("focus", () => { withDetails(); if (box.value) showResults(); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") { if (byId("found").hidden) showResults(); activate(finder.active + 1); }
    else if (event.key === "ArrowUp") activate(finder.active < 0 ? -1 : finder.active - 1);
    else if (event.key === "Enter") {
      clearTimeout(waiting);
      if (byId("found").hidden || finder.active < 0) showResults();
      const i = finder.found[Math.max(finder.active, 0)];
      if (i !== undefined) choose(i);
    } else if (event.key === "Escape") {
      if (box.value || !byId("found").hidden) { box.value = ""; closeResults(); }
      else box.blur();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  byId("results").addEventListener("pointerdown", (event) => event.preventDefault());
  byId("results").addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) choose(indexOf.get(chosen.dataset.node));
  });
  box.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== box) closeResults(); }, 150));
}
