let afterwards = null;

function refreshStatus() {
  byId("status").textContent = `${word("shown", number(shownNodes.length), number(count))} · ${word("links-shown", number(shownEdges.length))}`;
  byId("everything").hidden = !restricted();
  byId("whole").hidden = !waiting();
  byId("whole").textContent = word("draw-whole", number(waiting()));
  const nothing = byId("nothing");
  nothing.hidden = shownNodes.length > 0;
  if (!nothing.hidden) {
    nothing.querySelector("p").textContent = count ? word("nothing-filtered", number(count))
      : word(graph.view === "result" ? "nothing-found" : graph.view ? "nothing-empty" : "nothing-given");
    byId("nothing-all").hidden = !count;
  }
}

function refreshTabs() {
  document.documentElement.dataset.tab = state.tab;
  for (const tab of TABS) {
    const chosen = tab === state.tab;
    byId(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
    byId(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
    byId(tab).hidden = !chosen;
  }
  openLegend(false);
}

/* Everything that depends on the state, once. */
function refresh() {
  reckon();
  if (document.documentElement.dataset.tab !== state.tab) refreshTabs();
  updatePicture();
  refreshStatus();
  refreshLegend();
  refreshPanel();
  refreshList();
  refreshTable();
  const chosen = state.selection && state.selection.kind === "node" && shown[state.selection.index] ? [ids[state.selection.index]] : [];
  picture.network.setSelection({ nodes: chosen, edges: [] }, { unselectAll: true, highlightEdges: false });
  const then = afterwards;
  afterwards = null;
  if (then) then();
}

/* Take over a state that was read from an address. */
function enter(read) {
  if (read.lang && read.lang !== language) setLanguage(read.lang);
  const { view } = read;
  delete read.lang;
  state = read;
  if (state.selection) aboutOpen = false;
  afterwards = () => {
    if (state.tab !== "picture") return;
    if (view) restoreView(view);
    else fitView();
  };
  refresh();
}

function restoreView({ x, y, scale }) {
  picture.bounded = false;
  moveTo({ x: x * stretch.x, y: y * stretch.y, scale }, false);
}

function fillHeader() {
  document.title = told(graph.title);
  say(byId("title"), told(graph.title));
  say(byId("sentence"), told(graph.sentence));
  const line = byId("documents"), all = graph.documents || [];
  line.hidden = !all.length;
  const few = all.slice(0, 2).map(told).filter(Boolean).join(language === "en" ? "; " : "、");
  line.replaceChildren(el("span", { class: "list", lang: language }, word("read-in") + few));
  line.classList.toggle("many", all.length > 2);
  if (all.length > 2) {
    const more = el("button", { type: "button" }, word("more-documents", number(all.length - 2)));
    more.addEventListener("click", () => byId("about-button").click());
    line.append(" ", more);
  }
}

function setLanguage(chosen) {
  language = chosen === "en" ? "en" : "ja";
  const root = document.documentElement;
  root.lang = language;
  root.dataset.lang = language;
  byId("language-ja").setAttribute("aria-pressed", String(language === "ja"));
  byId("language-en").setAttribute("aria-pressed", String(language === "en"));
  setWords(document);
  fillHeader();
  fillHelp();
  if (picture.network) {
    relabelPicture();
    buildLegend();
    refreshStatus();
    refreshPanel();
    refreshList();
    refreshTable();
    closeResults();
  }
}

function refreshColours() {
  picture.buckets = null;
  picture.layout = null;
  buildLegend();
  refreshPanel();
  listed = "";
  refreshList();
  repaint();
}

function startLanguage() {
  for (const one of ["ja", "en"]) {
    byId(`language-${one}`).addEventListener("click", () => {
      setLanguage(one);
      remember("replace");
    });
  }
}

function start() {
  const read = readAddress(location.hash);
  startTheme();
  setLanguage(read.lang || graph.lang);
  const { view } = read;
  delete read.lang;
  state = read;
  if (state.selection && state.selection.kind === "node" && !state.grown.length) uncover(state.selection.index);
  startPicture();
  startLegend();
  startDetails();
  startSearch();
  startTable();
  startExport();
  startPrint();
  startKeyboard();
  startPointing();
  startLanguage();
  startHistory();
  buildLegend();
  fitView();
  if (view) restoreView(view);
  refreshTabs();
  refreshStatus();
  picture.network.redraw();
  refreshPanel();
  refreshList();
  refreshTable();
  if (state.selection && !view && state.tab === "picture") {
    if (state.selection.kind === "node") centreOn(state.selection.index, false);
    else keepSelectionInSight();
  }
  for (const id of ["title", "sentence"]) byId(id).addEventListener("click", () => byId(id).classList.toggle("open"));
  byId("everything").addEventListener("click", showEverything);
  byId("whole").addEventListener("click", drawWhole);
  byId("nothing-all").addEventListener("click", showEverything);
  byId("fit").addEventListener("click", () => {
    fitView(shownNodes, true);
    rememberView();
  });
  byId("zoom-in").addEventListener("click", () => zoomBy(1.5));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.5));
  narrow.addEventListener("change", () => {
    forgetLabels();
    openLegend(false);
    if (state.tab !== "picture") return;
    drawOut(shownNodes, fittingRoom());
    picture.nodes.update(shownNodes.map((i) => ({ id: ids[i], x: xs[i], y: ys[i] })));
    fitView();
  });
}

const page = {
  network: null, nodes: null, edges: null, ready: null, details,
  labels: labelsDrawn,
  symbols: symbolsDrawn,
  headings: headingsDrawn,
  selected: () => {
    const selection = state.selection;
    return selection ? { kind: selection.kind, id: selection.kind === "node" ? ids[selection.index] : `e${selection.index}` } : null;
  },
  position: (id) => {
    const frame = byId("network").getBoundingClientRect(), i = indexOf.get(id);
    const at = picture.network.canvasToDOM({ x: xs[i], y: ys[i] });
    return { x: frame.left + at.x, y: frame.top + at.y };
  },
};

start();
Object.assign(page, { network: picture.network, nodes: picture.nodes, edges: picture.edges });
/* The picture is painted from the positions; what vis-network keeps of it is filled in behind the first frame. */
page.ready = new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
  updatePicture();
  document.body.dataset.ready = "";
  resolve(page);
  setTimeout(() => withDetails(), 200);
}, 0)));
window.stigraph = page;
