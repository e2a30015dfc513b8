/* The picture as it is seen, as SVG; and from that as PNG. */
const SIDE = 24;

function textLines(block, x, y, attributes) {
  const text = svg("text", { "font-size": FONT, "font-family": JAPANESE.test(block.lines.join("")) ? palette.japanese : palette.latin, ...attributes });
  if (block.bold) text.setAttribute("font-weight", "600");
  if (block.rightToLeft) text.setAttribute("direction", "rtl");
  block.lines.forEach((line, turn) => text.append(svg("tspan", { x: x.toFixed(1), y: (y + turn * LINE).toFixed(1) }, clean(line))));
  return text;
}

/* Signs that XML cannot hold. */
function clean(text) {
  return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

function drawnLabel(block, box, side, attributes) {
  const centre = side === "below" || side === "above" || side === "middle";
  const anchor = centre ? "middle" : side.endsWith("left") ? "end" : "start";
  const x = centre ? box.x + box.w / 2 : side.endsWith("left") ? box.x + box.w : box.x;
  const flipped = block.rightToLeft && !centre ? (anchor === "start" ? "end" : "start") : anchor;
  return textLines(block, x, box.y + LINE - 4.5, {
    "text-anchor": flipped, fill: palette.ink, stroke: palette.bg, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke", ...attributes,
  });
}

function pathOf(course) {
  const at = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  if (course.loop) return `M${at(course.x + course.r, course.y)}a${course.r} ${course.r} 0 1 1 ${-2 * course.r} 0a${course.r} ${course.r} 0 1 1 ${2 * course.r} 0`;
  const { start, end, middle } = course;
  return `M${at(start.x, start.y)}${middle ? `Q${at(middle.x, middle.y)} ` : "L"}${at(end.x, end.y)}`;
}

function pictureSvg() {
  const area = stageSize(), { x, y, scale } = currentView();
  const shift = { x: area.w / 2 - x * scale, y: area.h / 2 - y * scale };
  const at = (i) => ({ x: xs[i] * scale + shift.x, y: ys[i] * scale + shift.y });
  const radius = radiusAt(scale), eye = emphasis();
  const inside = (point, slack) => point.x > -slack && point.y > -slack && point.x < area.w + slack && point.y < area.h + slack;
  const part = svg("g", { "clip-path": "url(#frame)" });
  for (const layer of layers) {
    const column = Number(layer.x) * scale + shift.x;
    part.append(svg("path", { d: `M${column.toFixed(1)} ${headingHeight()}V${area.h}`, stroke: palette.line }));
  }
  for (const k of [...shownEdges.filter((one) => !eye.strong.has(one)), ...eye.strong]) {
    if (!inside(at(sources[k]), area.w) && !inside(at(targets[k]), area.w)) continue;
    const course = courseOf(k, at, radius), strong = eye.strong.has(k), colour = colourOf(relations[relationOf[k]]);
    const dashed = inferred.has(k) || (relations[relationOf[k]] || {}).dashes;
    const group = svg("g", { opacity: strong ? 1 : quietness(eye) },
      svg("path", { d: pathOf(course), fill: "none", stroke: colour, "stroke-width": strong ? 2 : 1, "stroke-dasharray": dashed ? "5 4" : null }));
    const arrow = (course.length || 0) > 18 && (strong || !bucketsOf().crowded.has(targets[k])) ? arrowOf(course, strong ? 8 : 6) : null;
    if (arrow) group.append(svg("polygon", { points: arrow.map((corner) => corner.map((value) => value.toFixed(1)).join(",")).join(" "), fill: colour }));
    part.append(group);
  }
  for (const i of shownNodes) {
    const place = at(i), r = radius(i);
    if (!inside(place, 40)) continue;
    const symbol = drawnSymbol(classOf[i], place.x, place.y, r, colourOf(classes[classOf[i]]), palette.bg);
    const group = svg("g", { opacity: eye.dims && !eye.near.has(i) ? 0.3 : null }, svg("title", {}, clean(labelOf(i))), symbol);
    flagsOf(i).forEach((flag, turn) => group.append(drawnRing(flag, place.x, place.y, ringAt(r, turn), palette.flag)));
    if (state.selection && state.selection.kind === "node" && state.selection.index === i) {
      group.append(svg("circle", { cx: place.x, cy: place.y, r: r * 1.15 + 4.5 + 3 * flagsOf(i).length, fill: "none", stroke: palette.accent, "stroke-width": 2.4 }));
    }
    part.append(group);
  }
  const layout = layoutLabels(scale, shift, area);
  placeCaptions(layout, scale, eye);
  for (const label of layout.placed) {
    const { node, side, box, block } = label;
    const moved = { ...box, x: box.x + shift.x, y: box.y + shift.y };
    if (label.away && inside(moved, 0)) {
      const [x1, y1, x2, y2] = leaderOf(label, shift, scale);
      part.append(svg("line", { x1, y1, x2, y2, stroke: palette.muted }));
    }
    if (inside(moved, 200)) part.append(drawnLabel(block, moved, side, { opacity: eye.dims && !eye.near.has(node) ? 0.45 : null }));
  }
  for (const { box, block } of layout.captions || []) part.append(drawnLabel(block, { ...box, x: box.x + shift.x, y: box.y + shift.y }, "middle", { fill: palette.muted }));
  if (layers.length) {
    part.append(svg("rect", { width: area.w, height: headingHeight(), fill: palette.bg }));
    for (const { x: column, block } of headingsAt(scale)) {
      part.append(drawnLabel(block, { x: column + shift.x - block.width / 2, y: (headingHeight() - block.height) / 2, w: block.width, h: block.height }, "middle", { fill: palette.muted }));
    }
  }
  return { part, area };
}

function legendPart(width) {
  const part = svg("g", {});
  const now = tallies(shownNodes);
  let x = 0, y = 0;
  const entry = (symbol, text, reach) => {
    const room = Math.max(60, width - reach);
    const block = wrap(text, room, 1, false);
    if (x && x + reach + block.width > width) {
      x = 0;
      y += 22;
    }
    symbol.setAttribute("transform", `translate(${x} ${y})`);
    part.append(symbol, textLines(block, x + reach, y + 13, { fill: palette.ink }));
    x += reach + block.width + 22;
  };
  classes.forEach((c, place) => {
    if (now.class[place]) entry(svg("g", {}, drawnSymbol(place, 8, 8.5, 5.4, colourOf(c), palette.bg)), told(c.label), 22);
  });
  flags.forEach((flag, place) => {
    if (now.flag[place]) entry(svg("g", {}, svg("circle", { cx: 8, cy: 8.5, r: 3, fill: palette.faint }), drawnRing(place, 8, 8.5, 6.5, palette.flag)), told(flag.label), 22);
  });
  relations.forEach((r, place) => {
    if (now.relation[place]) entry(svg("g", {}, svg("path", { d: "M0 8.5H22", stroke: colourOf(r), "stroke-width": 2, "stroke-dasharray": r.dashes ? "4 3" : null })), told(r.label), 30);
  });
  return { part, height: x || y ? y + 22 : 0 };
}

/* Draw as if nothing lay over the picture. */
function withoutPanel(draw) {
  const { fitted, unit, bounded } = picture, view = currentView();
  picture.exporting = true;
  if (bounded && shownNodes.length) fitView();
  const drawn = draw();
  Object.assign(picture, { exporting: false, fitted, unit, bounded, layout: null });
  moveTo(view, false);
  return drawn;
}

/* The picture with its title, legend and documents; on paper the page itself has title and documents. */
function wholeSvg(onPaper = false) {
  const { part, area } = withoutPanel(pictureSvg);
  const width = area.w + 2 * SIDE, room = area.w;
  const title = wrap(told(graph.title), room / 1.5, 2, true), sentence = wrap(told(graph.sentence), room, 3, false);
  const read = graph.documents.length && !onPaper ? wrap(word("read-in") + graph.documents.map(told).join(language === "en" ? "; " : "、"), room, 4, false) : null;
  const head = onPaper ? 0 : SIDE + title.lines.length * 24 + sentence.lines.length * LINE + 12;
  const legend = legendPart(room);
  const foot = head + area.h + 16;
  const height = foot + legend.height + (read ? read.lines.length * LINE + 8 : 0) + SIDE;
  const root = svg("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${Math.ceil(height)}`, width, height: Math.ceil(height), role: "img", lang: language });
  const heading = svg("text", { "font-size": 19, "font-weight": 600, fill: palette.ink, "font-family": JAPANESE.test(title.lines.join("")) ? palette.japanese : palette.latin });
  title.lines.forEach((line, turn) => heading.append(svg("tspan", { x: SIDE, y: SIDE + 14 + turn * 24 }, clean(line))));
  part.setAttribute("transform", `translate(${SIDE} ${head})`);
  legend.part.setAttribute("transform", `translate(${SIDE} ${foot})`);
  root.append(svg("title", {}, clean(told(graph.title))), svg("desc", {}, clean(told(graph.sentence))),
    svg("defs", {}, svg("clipPath", { id: "frame" }, svg("rect", { width: area.w, height: area.h }))),
    svg("rect", { width, height: Math.ceil(height), fill: palette.bg }));
  if (!onPaper) root.append(heading, textLines(sentence, SIDE, SIDE + title.lines.length * 24 + 10, { fill: palette.ink }));
  root.append(part, legend.part);
  if (read) root.append(textLines(read, SIDE, foot + legend.height + 14, { fill: palette.muted }));
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`, width, height: Math.ceil(height) };
}

function onPicture(then) {
  if (state.tab === "picture") return then();
  openTab("picture", then);
}

function saveSvg() {
  onPicture(() => save(new Blob([wholeSvg().text], { type: "image/svg+xml;charset=utf-8" }), fileName(".svg")));
}

function savePng() {
  onPicture(() => {
    const { text, width, height } = wholeSvg();
    const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml;charset=utf-8" }));
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      const ratio = Math.min(2, 8000 / Math.max(width, height));
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => { if (blob) save(blob, fileName(".png")); }, "image/png");
    };
    image.onerror = () => URL.revokeObjectURL(address);
    image.src = address;
  });
}

function startExport() {
  const menu = byId("downloads"), button = byId("download-button");
  const open = (now) => {
    menu.hidden = !now;
    button.setAttribute("aria-expanded", String(now));
  };
  button.addEventListener("click", () => {
    open(menu.hidden);
    if (!menu.hidden) byId("download-png").focus();
  });
  document.addEventListener("pointerdown", (event) => { if (!byId("saving").contains(event.target)) open(false); });
  byId("saving").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !menu.hidden) {
      open(false);
      button.focus();
      event.stopPropagation();
    }
  });
  byId("saving").addEventListener("focusout", (event) => { if (event.relatedTarget && !byId("saving").contains(event.relatedTarget)) open(false); });
  for (const [id, run] of [["download-png", savePng], ["download-svg", saveSvg], ["download-csv", saveTable], ["print-button", () => print()]]) {
    byId(id).addEventListener("click", () => {
      open(false);
      run();
    });
  }
}
