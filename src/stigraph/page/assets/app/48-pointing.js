/* What lies under a point of the picture: a symbol, a label, or a line. */
function thingAt(point, slack) {
  const view = currentView(), area = stageSize(), scale = view.scale;
  const shift = { x: area.w / 2 - view.x * scale, y: area.h / 2 - view.y * scale };
  const at = (i) => ({ x: xs[i] * scale + shift.x, y: ys[i] * scale + shift.y });
  const radius = radiusAt(scale);
  if (layers.length && point.y < headingHeight()) return null;
  let best = null, nearest = Infinity;
  for (const i of shownNodes) {
    const { x, y } = at(i), away = Math.hypot(x - point.x, y - point.y) - radius(i);
    if (away < slack && away < nearest) {
      nearest = away;
      best = i;
    }
  }
  if (best !== null) return { kind: "node", index: best };
  if (picture.layout) {
    for (const { node, box } of picture.layout.placed) {
      const x = point.x - shift.x, y = point.y - shift.y;
      if (x >= box.x - 2 && x <= box.x + box.w + 2 && y >= box.y - 2 && y <= box.y + box.h + 2) return { kind: "node", index: node };
    }
  }
  let edge = null;
  nearest = slack + 3;
  for (const k of shownEdges) {
    const a = at(sources[k]), b = at(targets[k]);
    const reach = nearest + (bends.has(k) ? Math.hypot(a.x - b.x, a.y - b.y) * 0.3 + 40 : 0);
    if (point.x < Math.min(a.x, b.x) - reach || point.x > Math.max(a.x, b.x) + reach || point.y < Math.min(a.y, b.y) - reach || point.y > Math.max(a.y, b.y) + reach) continue;
    const away = distanceTo(courseOf(k, at, radius), point);
    if (away < nearest) {
      nearest = away;
      edge = k;
    }
  }
  return edge === null ? null : { kind: "edge", index: edge };
}

function distanceTo(course, point) {
  if (course.loop) return Math.abs(Math.hypot(course.x - point.x, course.y - point.y) - course.r);
  const steps = course.middle ? 10 : 1;
  let nearest = Infinity, from = course.start;
  for (let step = 1; step <= steps; step++) {
    const to = pointOn(course, step / steps);
    const dx = to.x - from.x, dy = to.y - from.y, square = dx * dx + dy * dy || 1;
    const share = Math.min(Math.max(((point.x - from.x) * dx + (point.y - from.y) * dy) / square, 0), 1);
    nearest = Math.min(nearest, Math.hypot(from.x + share * dx - point.x, from.y + share * dy - point.y));
    from = to;
  }
  return nearest;
}

function sameThing(a, b) {
  return a === b || Boolean(a && b && a.kind === b.kind && a.index === b.index);
}

/* After the picture has moved by itself, nothing is pointed at until the pointer moves. */
let forgetPointer = () => undefined;

function startPointing() {
  const box = byId("network");
  let moving = false, waiting = false, last = null, place = {};
  forgetPointer = () => { last = null; };
  const look = () => {
    waiting = false;
    if (moving || !last) return;
    const found = thingAt(last, 5);
    if (!sameThing(found, picture.hover)) {
      picture.hover = found;
      box.classList.toggle("over", found !== null);
      repaint();
    }
  };
  box.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const frame = box.getBoundingClientRect();
    if (event.clientX === place.x && event.clientY === place.y) return;
    place = { x: event.clientX, y: event.clientY };
    last = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(look);
    }
  });
  box.addEventListener("pointerleave", () => {
    last = null;
    if (picture.hover) {
      picture.hover = null;
      repaint();
    }
  });
  const network = picture.network;
  const touched = (event) => Boolean(event && event.pointerType === "touch");
  let pressed = { time: -1e9, x: 0, y: 0, found: null };
  network.on("click", (event) => {
    const { x, y } = event.pointer.DOM;
    if (performance.now() - pressed.time < 400 && Math.hypot(x - pressed.x, y - pressed.y) < 8) return;
    const found = thingAt(event.pointer.DOM, touched(event.event) ? 12 : 5);
    pressed = { time: performance.now(), x, y, found };
    if (!byId("found").hidden) closeResults();
    if (!sameThing(found, state.selection)) select(found);
  });
  network.on("doubleClick", (event) => {
    const { found } = pressed;
    if (found && found.kind === "node") expand(found.index);
    else if (!found) zoomBy(1.8, event.pointer.DOM);
  });
  network.on("dragStart", () => {
    moving = true;
    picture.hover = null;
  });
  network.on("dragEnd", () => {
    moving = false;
    freeLabels();
    rememberView();
  });
  network.on("zoom", (event) => {
    picture.bounded = false;
    const low = picture.fitted / 6, high = Math.max(picture.fitted * 60, 4);
    if (event.scale < low || event.scale > high) network.moveTo({ scale: Math.min(Math.max(event.scale, low), high) });
    rememberView();
  });
  network.on("animationFinished", rememberView);
  network.on("resize", () => {
    picture.layout = null;
    repaint();
  });
}

/* Once moved, labels need no longer keep within the first view. */
function freeLabels() {
  if (picture.bounded) {
    picture.bounded = false;
    picture.layout = null;
    repaint();
  }
}
