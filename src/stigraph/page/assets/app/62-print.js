const MOST_PRINTED = 500;

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
    const rows = [];
    for (const k of shownEdges) for (const place of block.edgePassages[k] || []) rows.push([`${labelOf(sources[k])} → ${relationLabel(relationOf[k])} → ${labelOf(targets[k])}`, place]);
    for (const i of shownNodes) for (const place of block.nodePassages[i] || []) rows.push([labelOf(i), place]);
    if (rows.length) {
      const part = rows.slice(0, MOST_PRINTED);
      parts.push(el("h2", {}, word("passages-shown", number(part.length), number(rows.length))), el("ul", {}, ...part.map(([what, place]) => {
        const item = passageItem(place, block);
        item.prepend(saying("p", what, { class: "what" }));
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
