const MOST_ROWS = 30;
let aboutOpen = false;
let folded = false;
let panelTurn = 0;

function withDetails(then) {
  return details().then((block) => {
    if (block && !searchable.aliases) addAliases(block);
    if (then && block) then(block);
    return block;
  });
}

/* A list that shows its first rows, and the rest when asked. */
function rowsOf(items, make, attributes) {
  const list = el("ul", { class: "rows", ...attributes });
  const add = (from, to) => { for (const item of items.slice(from, to)) list.append(make(item)); };
  add(0, MOST_ROWS);
  if (items.length <= MOST_ROWS) return list;
  const more = el("button", { type: "button", class: "quiet" }, word("more-rows", number(items.length - MOST_ROWS)));
  let reached = MOST_ROWS;
  more.addEventListener("click", () => {
    add(reached, reached + 200);
    reached += 200;
    if (reached >= items.length) more.remove();
    else more.textContent = word("more-rows", number(items.length - reached));
  });
  return el("div", {}, list, more);
}

function refreshPanel() {
  const panel = byId("panel"), selection = state.selection;
  const turn = ++panelTurn;
  const open = (Boolean(selection) || aboutOpen) && !(folded && narrow.matches && state.tab !== "picture");
  const before = panel.dataset.key || "";
  panel.dataset.key = selection ? `${selection.kind}${selection.index}` : aboutOpen ? "about" : "";
  panel.hidden = !open;
  byId("stage").classList.toggle("beside", open);
  byId("about-button").setAttribute("aria-expanded", String(open && !selection));
  if (!open) return;
  for (const part of ["ends", "charts", "passages", "facts", "relations", "documents", "flags"]) byId(`panel-${part}`).replaceChildren();
  for (const part of ["names", "iri"]) byId(`panel-${part}`).textContent = "";
  panel.dataset.kind = selection ? selection.kind : "about";
  byId("panel-actions").hidden = !selection;
  for (const part of ["expand", "surroundings", "hide"]) byId(part).hidden = !selection || selection.kind !== "node";
  if (panel.dataset.key !== before) panel.scrollTop = 0;
  const later = (show) => withDetails((block) => { if (turn === panelTurn) show(block); });
  if (!selection) showAbout(later);
  else if (selection.kind === "node") showNode(selection.index, later);
  else showEdge(selection.index, later);
}

function showNode(i, later) {
  byId("panel-class").replaceChildren(symbolOf(classOf[i]), saying("span", classLabel(i)));
  say(byId("panel-title"), labelOf(i));
  byId("panel-flags").replaceChildren(...flagsOf(i).map((flag) => saying("li", told(flags[flag].label))));
  byId("panel-iri").textContent = ids[i];
  showRelations(i, null);
  later((block) => {
    const label = labelOf(i);
    const names = [...new Set([graph.nodes.ja[i], graph.nodes.en[i], ...(block.names[i] || [])])].filter((name) => name && name !== label);
    if (names.length) {
      byId("panel-names").replaceChildren(word("other-names"),
        ...names.flatMap((name, turn) => (turn ? [language === "en" ? ", " : "、", saying("span", name)] : [saying("span", name)])));
    }
    showFacts(block.facts[i] || [], block);
    showPassages(block.nodePassages[i] || [], block);
    showCharts((chart) => chart.node === i, block);
    showRelations(i, block);
  });
}

function showEdge(k, later) {
  const r = relationOf[k];
  byId("panel-class").replaceChildren(lineOf(r, inferred.has(k)), el("span", {}, inferred.has(k) ? word("by-inference") : word("link")));
  say(byId("panel-title"), relationLabel(r) + (captionOf(k) ? `${language === "en" ? ": " : "："}${captionOf(k)}` : ""));
  byId("panel-ends").replaceChildren(
    el("div", { class: "end" }, el("span", { class: "role" }, word("from")), goTo(sources[k])),
    el("div", { class: "end" }, el("span", { class: "role" }, word("to")), goTo(targets[k])),
  );
  later((block) => {
    const passages = block.edgePassages[k] || [];
    if (passages.length) showPassages(passages, block);
    else byId("panel-passages").replaceChildren(el("p", { class: "place" }, word("no-passages")));
  });
}

function showAbout(later) {
  byId("panel-class").replaceChildren(el("span", {}, word("about-title")));
  say(byId("panel-title"), told(graph.title));
  say(byId("panel-names"), told(graph.sentence));
  later((block) => {
    showCharts(() => true, block);
    const read = new Set(graph.documents.map((document) => `${document.ja}\n${document.en}`));
    const known = block.documents.filter((document) => read.has(`${document.ja}\n${document.en}`));
    const named = new Set(known.map((document) => `${document.ja}\n${document.en}`));
    const list = [...known, ...graph.documents.filter((document) => !named.has(`${document.ja}\n${document.en}`))];
    if (list.length) {
      byId("panel-documents").replaceChildren(el("h3", {}, word("documents")),
        rowsOf(list, (document) => el("li", {}, linked(told(document) || document.id, document.link))));
    }
    if (picture.bounded && state.tab === "picture") fitView();
  });
}

function wordIn(block, place) {
  const found = place === null || place === undefined ? null : block.words[place];
  return found ? told(found) || String(found.id) : "";
}

function placeOf(block, document, locator, address) {
  const held = document === null || document === undefined ? null : block.documents[document];
  const name = held ? told(held) || String(held.id) : "";
  if (!name && !locator) return null;
  const line = el("p", { class: "place" });
  if (name) line.append(linked(name, address || (held && held.link)));
  if (locator) line.append(name ? " · " : "", saying("span", String(locator)));
  return line;
}

function showFacts(facts, block) {
  if (!facts.length) return;
  const groups = new Map();
  for (const fact of facts) {
    if (groups.has(fact[0])) groups.get(fact[0]).push(fact);
    else groups.set(fact[0], [fact]);
  }
  const list = el("dl");
  for (const [property, group] of groups) {
    list.append(saying("dt", wordIn(block, property)));
    const own = (fact) => (!fact[6] || String(fact[6]).startsWith(language) ? 0 : 1);
    addFacts(list, group.sort((a, b) => own(a) - own(b)), 0, block);
  }
  byId("panel-facts").replaceChildren(el("h3", {}, word("facts")), list);
}

function addFacts(list, group, from, block, before = null) {
  for (const fact of group.slice(from, from + MOST_ROWS)) list.insertBefore(el("dd", {}, valueOf(fact, block), placeOf(block, fact[4], fact[5], null)), before);
  const left = group.length - from - MOST_ROWS;
  if (left <= 0) return;
  const more = el("dd", {}, el("button", { type: "button", class: "quiet" }, word("more-rows", number(left))));
  more.firstChild.addEventListener("click", () => {
    addFacts(list, group, from + MOST_ROWS, block, more);
    more.remove();
  });
  list.insertBefore(more, before);
}

function valueOf([, value, node, thing, , , lang], block) {
  if (Number.isInteger(node) && node >= 0 && node < count) return goTo(node);
  if (thing !== null && thing !== undefined) return saying("span", wordIn(block, thing));
  const text = value === null || value === undefined ? "" : String(value);
  const shownValue = safeLink(text) ? linked(text, text) : saying("span", text);
  if (lang && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(lang)) shownValue.lang = lang;
  return shownValue;
}

/* Passages in the same words that rest on the same, together; what has no words stands alone. */
function sayings(places, block) {
  const groups = new Map();
  for (const place of places) {
    const [, , , quote, , basis] = block.passages[place] || [];
    const key = quote ? `${basis}\n${String(quote).normalize("NFKC").replace(/\s+/g, "")}` : place;
    if (groups.has(key)) groups.get(key).push(place);
    else groups.set(key, [place]);
  }
  return [...groups.values()];
}

/* Where these passages are printed, a line for each document. */
function placesOf(group, block) {
  const lines = new Map();
  for (const place of group) {
    const [, document, locator, , , , , address] = block.passages[place] || [];
    const key = JSON.stringify([document, address]);
    if (!lines.has(key)) lines.set(key, { document, address, locators: new Set() });
    if (locator) lines.get(key).locators.add(String(locator));
  }
  return [...lines.values()].map(({ document, address, locators }) => placeOf(block, document, [...locators].join("; "), address)).filter(Boolean);
}

function noteOf(note) {
  const remark = typeof note === "string" ? note : told(note);
  return remark ? el("p", { class: "note" }, word("note"), saying("span", remark)) : null;
}

/* Under which names they cite, and the remarks, each once. */
function citing(group, block) {
  const said = new Map();
  for (const place of group) {
    const [, , , , cited, , note] = block.passages[place] || [];
    const remark = JSON.stringify(note || null);
    if (!said.has(remark)) said.set(remark, { note, names: new Set() });
    if (cited) said.get(remark).names.add(String(cited));
  }
  return [...said.values()];
}

function passageItem(group, block) {
  const [, , , quote, , basis] = block.passages[group[0]] || [];
  const item = el("li", { class: "passage" });
  if (quote) item.append(saying("blockquote", String(quote)));
  item.append(...placesOf(group, block));
  const basisWord = wordIn(block, basis);
  citing(group, block).forEach(({ note, names }, turn) => {
    const more = el("p", { class: "place" });
    if (basisWord && !turn) more.append(saying("span", basisWord, { class: "basis" }));
    if (names.size) more.append(word("cited-as"), saying("span", [...names].join(language === "en" ? "; " : "、"), { class: "cited" }));
    item.append(...[more.childNodes.length ? more : null, noteOf(note)].filter(Boolean));
  });
  return item;
}

function showPassages(passages, block) {
  if (!passages.length) return;
  byId("panel-passages").replaceChildren(el("h3", {}, word("passages")), rowsOf(sayings(passages, block), (group) => passageItem(group, block), { class: "passages" }));
}

function showCharts(belongs, block) {
  const charts = [];
  block.charts.forEach((chart, turn) => {
    const template = byId(`figure-${turn}`);
    if (belongs(chart) && template && template.content) charts.push(document.importNode(template.content, true));
  });
  byId("panel-charts").replaceChildren(...charts.map((chart) =>
    el("div", { class: "chart", tabindex: 0, role: "group", "aria-label": word("chart") }, chart)));
}

/* The links of a node by relation and direction: [relation, "out" | "in", edges] in the order of the legend. */
function linksOf(i, drawn) {
  const groups = new Map();
  for (const k of edgesAt(i)) {
    if (drawn && !picture.held.edges.has(k)) continue;
    const way = sources[k] === i ? "out" : "in";
    const key = relationOf[k] * 2 + (way === "in" ? 1 : 0);
    if (groups.has(key)) groups.get(key)[2].push(k);
    else groups.set(key, [relationOf[k], way, [k]]);
  }
  return [...groups.entries()].sort((a, b) => a[0] - b[0]).map(([, group]) => group);
}

function directed(r, way) {
  return way === "in" ? word("incoming", relationLabel(r)) : relationLabel(r);
}

function showRelations(i, block) {
  const groups = linksOf(i, false);
  const parts = groups.map(([r, way, list]) => el("section", { "data-relation": relations[r].id, "data-direction": way },
    el("h4", {}, lineOf(r, false, way === "in"), saying("span", directed(r, way)), el("span", {}, `(${number(list.length)})`)),
    rowsOf(list.slice().sort((a, b) => otherEnd(a, i) - otherEnd(b, i)), (k) => relationRow(k, i, block))));
  byId("panel-relations").replaceChildren(...(parts.length ? [el("h3", {}, word("links")), ...parts] : []));
}

function relationRow(k, i, block) {
  const passages = block ? (block.edgePassages[k] || []).length : 0;
  const label = !passages ? word("shows-link") : passages === 1 ? word("shows-passage") : word("shows-passages", passages);
  const caption = captionOf(k);
  const other = otherEnd(k, i);
  return el("li", {}, el("span", {}, goTo(other), caption ? saying("span", caption, { class: "place" }) : null),
    el("button", { type: "button", class: "proof", "data-edge": k, "aria-label": `${label}: ${labelOf(other)}` }, label));
}

function copyLink() {
  remember("replace");
  const address = writeAddress();
  const text = location.href.split("#")[0] + (address ? `#${address}` : "");
  const byHand = () => {
    const box = el("textarea", { class: "unseen", "aria-hidden": "true" });
    box.value = text;
    document.body.append(box);
    box.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    box.remove();
    notice(word(done ? "copied" : "copy-failed"));
  };
  if (navigator.clipboard && navigator.clipboard.writeText) {
    navigator.clipboard.writeText(text).then(() => notice(word("copied")), byHand);
  } else byHand();
}

function closePanel() {
  if (state.selection) select(null);
  else {
    aboutOpen = false;
    refreshPanel();
    if (picture.bounded && state.tab === "picture") fitView();
    byId("about-button").focus();
  }
}

function startDetails() {
  byId("panel-close").addEventListener("click", () => {
    const chosen = state.selection;
    closePanel();
    if (chosen && state.tab === "picture") byId("network").focus({ preventScroll: true });
  });
  byId("about-button").addEventListener("click", () => {
    aboutOpen = !aboutOpen || state.selection !== null || folded;
    folded = false;
    if (state.selection) act(() => { state.selection = null; });
    else refreshPanel();
    if (picture.bounded && state.tab === "picture") fitView();
    if (aboutOpen) byId("panel").focus({ preventScroll: true });
  });
  byId("expand").addEventListener("click", () => expand(state.selection.index));
  byId("hide").addEventListener("click", () => hide(state.selection.index));
  byId("surroundings").addEventListener("click", () => surround(state.selection.index));
  byId("centre").addEventListener("click", () => centreSelection());
  byId("copy-link").addEventListener("click", copyLink);
  document.addEventListener("click", (event) => {
    const button = event.target.closest ? event.target.closest("button[data-node], button[data-edge]") : null;
    if (!button || !byId("stage").contains(button)) return;
    if (button.dataset.edge !== undefined) visitEdge(Number(button.dataset.edge));
    else if (indexOf.has(button.dataset.node)) visit(indexOf.get(button.dataset.node));
  });
}
