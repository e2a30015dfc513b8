const MOST_PRINTED = 500;
const MOST_NAMED = 4;

/* What is shown and its passages, each wording once with all that it shows, and what has no words by what it shows. */
function printedRows(block) {
  const shows = new Map();
  const silent = new Map();
  const add = (what, places) => {
    for (const place of places) {
      const [, , , quote] = block.passages[place] || [];
      const [held, key, item] = quote ? [shows, place, what] : [silent, what, place];
      if (held.has(key)) held.get(key).push(item);
      else held.set(key, [item]);
    }
  };
  for (const k of shownEdges) add(`${labelOf(sources[k])} → ${relationLabel(relationOf[k])} → ${labelOf(targets[k])}`, block.edgePassages[k] || []);
  for (const i of shownNodes) add(labelOf(i), block.nodePassages[i] || []);
  const worded = sayings(shows.keys(), block).map((group) => [[...new Set(group.flatMap((place) => shows.get(place)))], group]);
  return [...worded, ...[...silent].map(([what, places]) => [[what], [...new Set(places)]])];
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
      parts.push(el("h2", {}, word("passages-shown", number(part.length), number(rows.length))), el("ul", {}, ...part.map(([whats, group]) => {
        const item = passageItem(group, block);
        const named = whats.slice(0, MOST_NAMED).map((what) => saying("p", what, { class: "what" }));
        if (whats.length > MOST_NAMED) named.push(el("p", { class: "what" }, word("more-documents", number(whats.length - MOST_NAMED))));
        item.prepend(...named);
        return item;
      })));
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
