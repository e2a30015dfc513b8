/* Lines and symbols, in pixels of the stage. */
function radiusAt(scale) {
  const growth = Math.min(Math.max(Math.pow(scale / picture.fitted, 0.35), 0.85), 2.2);
  return (i) => {
    const relative = Math.min(Math.max((Number(sizes[i]) || middling) / middling, 0.7), 2.4);
    return middling * picture.unit * growth * relative;
  };
}

/* How far a symbol reaches with its rings. */
function reachAt(scale) {
  const radius = radiusAt(scale);
  const chosen = state.selection && state.selection.kind === "node" ? state.selection.index : null;
  return (i) => {
    const rings = flagged[i] ? 2 + 2.6 * flagged[i].length : 0;
    return i === chosen ? radius(i) * 1.15 + 6 + rings : radius(i) + rings;
  };
}

/* What the eye is led to: the node pointed at, else the one reached by keys, else what is selected. */
function focusOf() {
  if (picture.hover !== null) return picture.hover;
  if (picture.cursor !== null && document.activeElement === byId("network")) return { kind: "node", index: picture.cursor };
  return state.selection;
}

function emphasis() {
  const focus = focusOf();
  const strong = new Set(), near = new Set();
  if (focus && focus.kind === "node" && shown[focus.index]) {
    near.add(focus.index);
    for (const k of edgesAt(focus.index)) {
      if (picture.held.edges.has(k)) {
        strong.add(k);
        near.add(otherEnd(k, focus.index));
      }
    }
  } else if (focus && focus.kind === "edge" && picture.held.edges.has(focus.index)) {
    strong.add(focus.index);
    near.add(sources[focus.index]);
    near.add(targets[focus.index]);
  }
  const dims = state.selection !== null && near.size > 0;
  return { strong, near, dims, focus };
}

function bucketsOf() {
  if (!picture.buckets) {
    const groups = new Map();
    for (const k of shownEdges) {
      const dashed = inferred.has(k) || Boolean((relations[relationOf[k]] || {}).dashes);
      const key = relationOf[k] * 2 + (dashed ? 1 : 0);
      const group = groups.get(key);
      if (group) group.edges.push(k);
      else groups.set(key, { relation: relationOf[k], dashed, edges: [k] });
    }
    const kinds = new Map();
    for (const i of shownNodes) {
      const kind = kinds.get(classOf[i]);
      if (kind) kind.push(i);
      else kinds.set(classOf[i], [i]);
    }
    const ends = new Map();
    for (const k of shownEdges) ends.set(targets[k], (ends.get(targets[k]) || 0) + 1);
    const crowded = new Set([...ends].filter(([, arrows]) => arrows > 24).map(([i]) => i));
    picture.buckets = { edges: [...groups.values()], nodes: [...kinds.entries()], crowded };
  }
  return picture.buckets;
}

/* The line of an edge in pixels: its ends on the rims of the symbols, and the control point where it is bent. */
function courseOf(k, at, radius) {
  const a = at(sources[k]), b = at(targets[k]);
  const ra = radius(sources[k]), rb = radius(targets[k]);
  if (sources[k] === targets[k]) {
    const size = 9 + ra + 5 * (bends.get(k) || 0);
    return { loop: true, x: a.x + ra * 0.7 + size * 0.6, y: a.y - ra * 0.7 - size * 0.6, r: size };
  }
  const dx = b.x - a.x, dy = b.y - a.y, length = Math.hypot(dx, dy) || 1;
  const bend = bends.get(k) || 0;
  const middle = { x: (a.x + b.x) / 2 - dy * bend, y: (a.y + b.y) / 2 + dx * bend };
  const towards = (from, r) => {
    const ex = middle.x - from.x, ey = middle.y - from.y, far = Math.hypot(ex, ey) || 1;
    return { x: from.x + (ex / far) * r, y: from.y + (ey / far) * r, ex: ex / far, ey: ey / far };
  };
  const start = towards(a, Math.min(ra, length / 3)), end = towards(b, Math.min(rb * 1.1 + 1.5, length / 3));
  return { loop: false, start, end, middle: bend ? middle : null, length };
}

function traceCourse(context, course) {
  if (course.loop) {
    context.moveTo(course.x + course.r, course.y);
    context.arc(course.x, course.y, course.r, 0, 2 * Math.PI);
  } else {
    context.moveTo(course.start.x, course.start.y);
    if (course.middle) context.quadraticCurveTo(course.middle.x, course.middle.y, course.end.x, course.end.y);
    else context.lineTo(course.end.x, course.end.y);
  }
}

function arrowOf(course, size) {
  if (course.loop) return null;
  const { x, y, ex, ey } = course.end;
  return [[x, y], [x + ex * size - ey * size * 0.45, y + ey * size + ex * size * 0.45], [x + ex * size + ey * size * 0.45, y + ey * size - ex * size * 0.45]];
}

function drawEdges(context, list, look, at, radius, area) {
  context.strokeStyle = look.colour;
  context.fillStyle = look.colour;
  context.globalAlpha = look.alpha;
  context.lineWidth = look.width;
  context.setLineDash(look.dashed ? [5, 4] : []);
  const arrows = [];
  let traced = 0;
  context.beginPath();
  for (const k of list) {
    const a = at(sources[k]), b = at(targets[k]);
    if (Math.max(a.x, b.x) < -60 || Math.min(a.x, b.x) > area.w + 60 || Math.max(a.y, b.y) < -60 || Math.min(a.y, b.y) > area.h + 60) continue;
    const course = courseOf(k, at, radius);
    traceCourse(context, course);
    if (look.arrow && (look.crowded || !bucketsOf().crowded.has(targets[k])) && (course.length || 0) > look.arrow * 2.6) arrows.push(arrowOf(course, look.arrow));
    if (++traced % 60 === 0) {
      context.stroke();
      context.beginPath();
    }
  }
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  arrows.forEach((corners, turn) => {
    context.moveTo(corners[0][0], corners[0][1]);
    context.lineTo(corners[1][0], corners[1][1]);
    context.lineTo(corners[2][0], corners[2][1]);
    if (turn % 60 === 59) {
      context.fill();
      context.beginPath();
    }
  });
  context.fill();
  context.globalAlpha = 1;
}

function drawFlags(context, at, radius, area, eye) {
  for (const i of shownNodes) {
    const own = flagged[i];
    if (!own) continue;
    const { x, y } = at(i), r = radius(i);
    if (x < -r - 20 || y < -r - 20 || x > area.w + r + 20 || y > area.h + r + 20) continue;
    context.globalAlpha = eye.dims && !eye.near.has(i) ? 0.3 : 1;
    own.forEach((flag, turn) => drawRing(context, x, y, ringAt(r, turn), palette.flag, RINGS[flag % RINGS.length], 1.3));
  }
  context.globalAlpha = 1;
}

function ringAt(r, turn) {
  return r + Math.min(3.2, r * 0.55) + 2.6 * turn;
}

function drawSymbol(context, c, x, y, r) {
  const colour = colourOf(classes[c]), hollow = isHollow(c);
  context.beginPath();
  traceSymbol(context, outlineOf(c), x, y, r);
  context.lineWidth = hollow ? 1 : 2.4;
  context.strokeStyle = palette.bg;
  context.stroke();
  context.fillStyle = hollow ? palette.bg : colour;
  context.fill();
  if (hollow) {
    context.strokeStyle = colour;
    context.lineWidth = Math.max(1.6, r * 0.3);
    context.stroke();
  }
}

const stamps = new Map();

/* In a crowd each symbol is drawn once for its class and size, and stamped. */
function stampSymbol(context, c, x, y, r, ratio) {
  const size = Math.max(1, Math.round(r * 2)) / 2, key = `${c}|${size}|${ratio}`;
  let stamp = stamps.get(key);
  if (!stamp) {
    const half = Math.ceil(size * 1.45 + 3);
    stamp = document.createElement("canvas");
    stamp.width = stamp.height = Math.ceil(2 * half * ratio);
    const ground = stamp.getContext("2d");
    ground.scale(ratio, ratio);
    drawSymbol(ground, c, half, half, size);
    stamps.set(key, stamp);
  }
  const side = stamp.width / ratio;
  context.drawImage(stamp, Math.round((x - side / 2) * ratio) / ratio, Math.round((y - side / 2) * ratio) / ratio, side, side);
}

function drawNodes(context, at, radius, area, eye) {
  drawFlags(context, at, radius, area, eye);
  const crowd = shownNodes.length > 400, ratio = context.getTransform().a;
  for (const [c, list] of bucketsOf().nodes) {
    for (const i of list) {
      const { x, y } = at(i), r = radius(i);
      if (x < -r - 8 || y < -r - 8 || x > area.w + r + 8 || y > area.h + r + 8) continue;
      context.globalAlpha = eye.dims && !eye.near.has(i) ? 0.3 : 1;
      if (crowd) stampSymbol(context, c, x, y, r, ratio);
      else drawSymbol(context, c, x, y, r);
    }
  }
  context.globalAlpha = 1;
  const chosen = state.selection && state.selection.kind === "node" ? state.selection.index : null;
  for (const [i, width] of [[chosen, 2.6], [eye.focus && eye.focus.kind === "node" ? eye.focus.index : null, 1.8]]) {
    if (i !== null && shown[i]) {
      const { x, y } = at(i);
      drawRing(context, x, y, radius(i) * 1.15 + 4 + 2.6 * flagsOf(i).length, palette.accent, [], width);
    }
  }
}

function drawRing(context, x, y, r, colour, dashes, width) {
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.setLineDash(dashes);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
  context.setLineDash([]);
}

/* The more lines, the fainter each. */
function quietness(eye) {
  return eye.dims ? 0.14 : shownEdges.length > 1200 ? 0.22 : shownEdges.length > 120 ? 0.42 : 0.62;
}

function drawAll(context) {
  const canvas = canvasElement();
  const area = { w: canvas.clientWidth, h: canvas.clientHeight };
  if (!area.w || !area.h) return;
  const ratio = canvas.width / area.w;
  const { x, y, scale } = currentView();
  const shift = { x: area.w / 2 - x * scale, y: area.h / 2 - y * scale };
  const at = (i) => ({ x: xs[i] * scale + shift.x, y: ys[i] * scale + shift.y });
  const radius = radiusAt(scale);
  const eye = emphasis();
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (layers.length) headingsAt(scale);
  if (layers.length) drawColumns(context, scale, shift, area);
  const crowd = shownEdges.length > 1200;
  const base = { width: 1, alpha: quietness(eye), arrow: crowd && scale < picture.fitted * 1.8 ? 0 : 6 };
  for (const { relation, dashed, edges } of bucketsOf().edges) {
    const weak = eye.strong.size ? edges.filter((k) => !eye.strong.has(k)) : edges;
    drawEdges(context, weak, { ...base, dashed, colour: colourOf(relations[relation]) }, at, radius, area);
  }
  const many = eye.strong.size > 40;
  for (const k of eye.strong) {
    const dashed = inferred.has(k) || Boolean((relations[relationOf[k]] || {}).dashes);
    drawEdges(context, [k], { width: many ? 1.2 : 1.8, alpha: many ? 0.7 : 1, arrow: many ? 6 : 8, crowded: !many, dashed, colour: colourOf(relations[relationOf[k]]) }, at, radius, area);
  }
  drawNodes(context, at, radius, area, eye);
  const layout = layoutLabels(scale, shift, area);
  placeCaptions(layout, scale, eye);
  drawLabels(context, layout, shift, area, eye);
  if (layers.length) drawHeadings(context, scale, shift, area);
  context.restore();
}
