const MOST_PRINTED = 500;
const MOST_NAMED = 4;
const BRIEF = 20;

/* What is shown and its passages: each sentence once with all that it shows; amounts and bare places by what they show. */
function printedRows(block) {
  const shows = new Map();
  const brief = new Map();
  const add = (what, places) => {
    for (const place of places) {
      const [, , , quote] = block.passages[place] || [];
      const [held, key, item] = quote && String(quote).length > BRIEF ? [shows, place, what] : [brief, what, place];
      if (held.has(key)) held.get(key).push(item);
      else held.set(key, [item]);
    }
  };
  for (const k of shownEdges) add(`${labelOf(sources[k])} → ${relationLabel(relationOf[k])} → ${labelOf(targets[k])}`, block.edgePassages[k] || []);
  for (const i of shownNodes) add(labelOf(i), block.nodePassages[i] || []);
  const worded = sayings(shows.keys(), block).map((group) => [[...new Set(group.flatMap((place) => shows.get(place)))], group]);
  const rest = [...brief].flatMap(([what, places]) => together([...new Set(places)], block).map((group) => [[what], group]));
  return [...worded, ...rest];
}

/* Passages in the same words, and in one group those without words. */
function together(places, block) {
  const bare = places.filter((place) => !(block.passages[place] || [])[3]);
  const worded = sayings(places.filter((place) => !bare.includes(place)), block);
  return bare.length ? [...worded, bare] : worded;
}

/* One item for all passages that show the same. */
function printedItems(rows, block) {
  const items = new Map();
  for (const [whats, group] of rows) {
    const key = whats.join("\n");
    if (!items.has(key)) {
      const named = whats.slice(0, MOST_NAMED).map((what) => saying("p", what, { class: "what" }));
      if (whats.length > MOST_NAMED) named.push(el("p", { class: "what" }, word("more-documents", number(whats.length - MOST_NAMED))));
      items.set(key, el("li", { class: "passage" }, ...named));
    }
    items.get(key).append(...passageItem(group, block).childNodes);
  }
  return items.values();
}

/* On paper: the picture in the light colours, and under it the passages of what is shown. */
function fillPrintSheet() {
  const sheet = byId("print-sheet");
  const block = parseDetails();
  const parts = graph.documents.length ? [el("p", { class: "read" }, word("read-in") + graph.documents.map(told).join(language === "en" ? "; " : "、"))] : [];
  if (shownNodes.length && state.tab === "picture") {
    const theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    readPalette();
    const { text } = wholeSvg(true);
    document.documentElement.dataset.theme = theme;
    readPalette();
    parts.push(el("img", { alt: told(graph.title), src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}` }));
  }
  if (block) {
    const rows = printedRows(block);
    if (rows.length) {
      const part = rows.slice(0, MOST_PRINTED);
      parts.push(el("h2", {}, word("passages-shown", number(part.length), number(rows.length))), el("ul", {}, ...printedItems(part, block)));
    }
  }
  sheet.replaceChildren(...parts);
}

function startPrint() {
  addEventListener("beforeprint", fillPrintSheet);
  addEventListener("afterprint", () => byId("print-sheet").replaceChildren());
  const paper = matchMedia("print");
  paper.addEventListener("change", () => { if (paper.matches && !byId("print-sheet").childElementCount) fillPrintSheet(); });
}
