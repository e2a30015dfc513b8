/* What is written on the picture: labels, captions, headings; and what tests ask of them. */
/* What lies over the picture in its corners. */
function overlays(shift) {
  const frame = byId("network").getBoundingClientRect();
  if (picture.exporting) return [];
  return ["zoom", "state"].map((id) => byId(id).getBoundingClientRect()).filter((box) => box.width)
    .map((box) => ({ x: box.left - frame.left - 4 - shift.x, y: box.top - frame.top - 4 - shift.y, w: box.width + 8, h: box.height + 8 }));
}

/* Labels keep their places while the picture is moved; they are placed anew when the scale or what is shown changes. */
function layoutLabels(scale, shift, area) {
  const chosen = state.selection;
  const key = `${picture.exporting ? "whole" : ""}${scale}|${chosen ? chosen.kind + chosen.index : ""}|${picture.cursor}|${area.w}|${area.h}|${byId("panel").hidden}`;
  const known = picture.layout;
  if (known && known.key === key && (known.all || (Math.abs(shift.x - known.shift.x) < area.w * 0.4 && Math.abs(shift.y - known.shift.y) < area.h * 0.4))) return known;
  const radius = reachAt(scale);
  const all = shownNodes.length <= 500;
  const near = (i) => {
    const x = xs[i] * scale + shift.x, y = ys[i] * scale + shift.y;
    return x > -area.w * 0.5 && y > -area.h * 0.5 && x < area.w * 1.5 && y < area.h * 1.5;
  };
  const within = all ? shownNodes : shownNodes.filter(near);
  const wholes = new Set();
  const leading = [];
  const lead = (i) => { if (i !== null && shown[i] && !leading.includes(i)) leading.push(i); };
  if (chosen && chosen.kind === "node") {
    lead(chosen.index);
    if (leading.length) wholes.add(chosen.index);
  }
  lead(picture.cursor);
  if (chosen && chosen.kind === "edge") { lead(sources[chosen.index]); lead(targets[chosen.index]); }
  const neighbours = new Set();
  if (chosen && chosen.kind === "node") for (const k of edgesAt(chosen.index)) if (picture.held.edges.has(k)) neighbours.add(otherEnd(k, chosen.index));
  const second = [...neighbours].sort((a, b) => a - b).filter((i) => !leading.includes(i));
  let bounds = null;
  if (picture.bounded) {
    const open = freeArea();
    bounds = { x: open.x + 4 - shift.x, y: open.y + 4 - shift.y, w: open.w - 8, h: open.h - 8, taken: overlays(shift) };
  }
  const musts = new Map(leading.map((i) => [i, AWAY.length]));
  if (Number.isInteger(graph.root) && shown[graph.root] && !musts.has(graph.root)) {
    leading.push(graph.root);
    musts.set(graph.root, AWAY.length);
  }
  const order = [...new Set([...leading, ...second, ...within])];
  const { placed, space } = placeLabels(order, within, scale, radius, wholes, bounds, musts);
  picture.layout = { key, placed, space, all, shift, bounds, captions: null };
  return picture.layout;
}

function drawLabels(context, layout, shift, area, eye) {
  context.lineJoin = "round";
  context.lineWidth = 3.2;
  const over = hoverBlock(shift, area);
  for (const label of layout.placed) {
    const { node, side, box, block } = label;
    const x = box.x + shift.x, y = box.y + shift.y;
    if (x > area.w || y > area.h || x + box.w < 0 || y + box.h < 0) continue;
    if (over && (node === over.node || (x < over.x + over.w && over.x < x + box.w && y < over.y + over.h && over.y < y + box.h))) continue;
    context.globalAlpha = eye.dims && !eye.near.has(node) ? 0.45 : 1;
    if (label.away) drawLeader(context, label, shift);
    drawBlock(context, block, { x, y, w: box.w, h: box.h }, side, palette.ink, palette.bg);
  }
  context.globalAlpha = 1;
  for (const { box, block } of layout.captions || []) {
    drawBlock(context, block, { x: box.x + shift.x, y: box.y + shift.y, w: box.w, h: box.h }, "middle", palette.muted, palette.bg);
  }
  if (over) {
    context.beginPath();
    context.rect(over.x - 6, over.y - 4, over.w + 12, over.h + 8);
    context.fillStyle = palette.raised;
    context.strokeStyle = palette.strong;
    context.lineWidth = 1;
    context.fill();
    context.stroke();
    drawBlock(context, over.block, over, "right", palette.ink, null);
  }
}

/* From a label that had to stand away to its symbol. */
function leaderOf({ node, box }, shift, scale) {
  const x = xs[node] * scale + shift.x, y = ys[node] * scale + shift.y;
  const nearX = Math.min(Math.max(x, box.x + shift.x), box.x + box.w + shift.x), nearY = Math.min(Math.max(y, box.y + shift.y), box.y + box.h + shift.y);
  const away = Math.hypot(nearX - x, nearY - y) || 1, rim = Math.min(1, reachAt(scale)(node) / away);
  return [x + (nearX - x) * rim, y + (nearY - y) * rim, nearX, nearY];
}

function drawLeader(context, label, shift) {
  const [x, y, nearX, nearY] = leaderOf(label, shift, picture.network.getScale());
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(nearX, nearY);
  context.strokeStyle = palette.muted;
  context.lineWidth = 1;
  context.stroke();
  context.lineWidth = 3.2;
}

/* The whole label of the node pointed at, where its own is cut or missing. */
function hoverBlock(shift, area) {
  const focus = picture.hover;
  if (!focus || focus.kind !== "node" || !shown[focus.index]) return null;
  const i = focus.index;
  const own = picture.layout.placed.find((label) => label.node === i);
  if (own && !own.block.cut) return null;
  const block = blockOf(i, "whole"), scale = picture.network.getScale(), r = radiusAt(scale)(i);
  const x = xs[i] * scale + shift.x, y = ys[i] * scale + shift.y;
  const left = x + r + 14 + block.width > area.w ? Math.max(8, x - r - 14 - block.width) : x + r + 12;
  return { node: i, block, x: left, y: Math.min(Math.max(8, y - block.height / 2), area.h - block.height - 8), w: block.width, h: block.height };
}

const MOST_CAPTIONS = 14;

/* Captions of the edges that are led to, and of all where there are few. */
function placeCaptions(layout, scale, eye) {
  const few = shownEdges.length <= 12 && shownNodes.length <= 14;
  const list = eye.strong.size ? (eye.strong.size <= 40 ? [...eye.strong] : []) : few ? shownEdges : [];
  const key = `${layout.key}|${list.join(".")}|${language}`;
  if (layout.captionKey === key) return;
  layout.captionKey = key;
  layout.captions = [];
  const at = (i) => ({ x: xs[i] * scale, y: ys[i] * scale });
  const radius = radiusAt(scale);
  const space = new Space(), { bounds } = layout;
  for (const k of list) {
    if (layout.captions.length >= MOST_CAPTIONS) break;
    const own = captionOf(k);
    const text = own && !(inferred.has(k) && GUESSED.test(own)) ? own : list.length <= 12 ? relationLabel(relationOf[k]) : "";
    if (!text) continue;
    const block = { ...wrap(text, 150, 2, false) };
    const course = courseOf(k, at, radius);
    if (!course.loop && course.length < 46) continue;
    for (const share of [0.5, 0.38, 0.62, 0.28, 0.72]) {
      const point = pointOn(course, share);
      const box = { x: point.x - block.width / 2, y: point.y - block.height / 2, w: block.width, h: block.height, owner: -1 };
      if (cutOff(box, bounds)) continue;
      const wider = { x: box.x - 3, y: box.y - 1, w: box.w + 6, h: box.h + 2 };
      if (layout.space.free(wider, -2) && space.free(wider, -2)) {
        space.take(box);
        layout.captions.push({ edge: k, box, block });
        break;
      }
    }
  }
}

function pointOn(course, share) {
  if (course.loop) return { x: course.x + course.r * 0.7, y: course.y - course.r - 6 };
  const { start, end, middle } = course;
  if (!middle) return { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share };
  const rest = 1 - share;
  return {
    x: rest * rest * start.x + 2 * rest * share * middle.x + share * share * end.x,
    y: rest * rest * start.y + 2 * rest * share * middle.y + share * share * end.y,
  };
}

const headings = { key: "", list: [], lines: 2 };

/* The headings of the columns with their places: as many as stand side by side without touching. */
function headingsAt(scale) {
  const key = `${scale}|${language}|${layers.length}`;
  if (headings.key !== key) {
    headings.key = key;
    headings.list = [];
    let end = -Infinity;
    const order = layers.map((layer, place) => ({ place, x: Number(layer.x) * scale })).sort((a, b) => a.x - b.x);
    order.forEach(({ place, x }, turn) => {
      const before = turn ? x - order[turn - 1].x : Infinity, after = turn + 1 < order.length ? order[turn + 1].x - x : Infinity;
      const text = told(layers[place].label);
      if (!text) return;
      const longest = Math.max(...piecesOf(text).map((piece) => widthOf(piece.trimEnd(), false)));
      const room = Math.min(170, Math.max(64, Math.min(longest, 120) + 1, Math.min(before, after) - 12));
      const block = wrap(text, room, 4, false);
      if (x - block.width / 2 < end + 8) return;
      end = x + block.width / 2;
      headings.list.push({ x, block });
    });
    headings.lines = Math.max(1, ...headings.list.map(({ block }) => block.lines.length));
  }
  return headings.list;
}

function headingHeight() {
  return headings.lines * LINE + 14;
}

function drawColumns(context, scale, shift, area) {
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const layer of layers) {
    const x = Math.round(Number(layer.x) * scale + shift.x) + 0.5;
    context.moveTo(x, headingHeight());
    context.lineTo(x, area.h);
  }
  context.stroke();
}

function drawHeadings(context, scale, shift, area) {
  const height = headingHeight();
  context.fillStyle = palette.bg;
  context.fillRect(0, 0, area.w, height);
  context.fillStyle = palette.line;
  context.fillRect(0, height, area.w, 1);
  for (const { x, block } of headingsAt(scale)) {
    const box = { x: x + shift.x - block.width / 2, y: (height - block.height) / 2, w: block.width, h: block.height };
    if (box.x > area.w || box.x + box.w < 0) continue;
    drawBlock(context, block, box, "middle", palette.muted, null);
  }
}

function labelsDrawn() {
  const view = currentView(), area = stageSize();
  const shift = { x: area.w / 2 - view.x * view.scale, y: area.h / 2 - view.y * view.scale };
  const layout = layoutLabels(view.scale, shift, area);
  return layout.placed
    .map(({ node, box, block }) => ({ node: ids[node], text: block.lines.join("\n"), x: box.x + shift.x, y: box.y + shift.y, w: box.w, h: box.h }))
    .filter((label) => label.x < area.w && label.y < area.h && label.x + label.w > 0 && label.y + label.h > 0);
}

function symbolsDrawn() {
  const view = currentView(), area = stageSize(), radius = radiusAt(view.scale);
  return shownNodes.map((i) => ({ node: ids[i], x: (xs[i] - view.x) * view.scale + area.w / 2, y: (ys[i] - view.y) * view.scale + area.h / 2, r: radius(i) }));
}

function headingsDrawn() {
  if (!layers.length) return [];
  const view = currentView(), area = stageSize(), height = headingHeight();
  return headingsAt(view.scale).map(({ x, block }) => ({
    text: block.lines.join("\n"), x: x + area.w / 2 - view.x * view.scale - block.width / 2, y: (height - block.height) / 2, w: block.width, h: block.height,
  }));
}
