/* vis keeps the camera, the gestures and the data of what is drawn; the drawing itself is done here, a path for each
   colour instead of one for each thing, with symbols and text of a constant size on the screen. */
const picture = { network: null, nodes: null, edges: null, fitted: 1, unit: 1, layout: null, bounded: true, hover: null, cursor: null, pending: false };
const sizes = graph.nodes.size || [];
const middling = (() => {
  const known = Array.from(sizes).map(Number).filter((size) => size > 0).sort((a, b) => a - b);
  return known.length ? known[known.length >> 1] : 1;
})();

const canvasElement = () => picture.network.canvas.frame.canvas;
const stageSize = () => ({ w: byId("network").clientWidth, h: byId("network").clientHeight });

function nodeItem(i) {
  return { id: ids[i], label: labelOf(i), x: xs[i], y: ys[i], size: 10, index: i };
}

function edgeItem(k) {
  const bend = bends.get(k);
  const smooth = sources[k] !== targets[k] && bend ? { enabled: true, type: "curvedCW", roundness: bend } : false;
  return { id: `e${k}`, from: ids[sources[k]], to: ids[targets[k]], dashes: inferred.has(k), smooth, index: k };
}

function startPicture() {
  picture.nodes = new vis.DataSet();
  picture.edges = new vis.DataSet();
  reckon();
  drawOut(shownNodes.length ? shownNodes : Array.from(ids.keys()), fittingRoom());
  picture.held = { nodes: new Uint8Array(count), edges: new Set() };
  picture.network = new vis.Network(byId("network"), { nodes: picture.nodes, edges: picture.edges }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { dragNodes: false, dragView: true, zoomView: true, hover: false, selectable: false, keyboard: false, navigationButtons: false },
    nodes: { shape: "dot", chosen: false, scaling: { label: { drawThreshold: 1e9 } } },
    edges: { smooth: false, arrows: "to", chosen: false, scaling: { label: { drawThreshold: 1e9 } } },
  });
  const renderer = picture.network.renderer;
  renderer._drawEdges = () => undefined;
  renderer._drawArrows = () => undefined;
  renderer._drawNodes = () => ({ drawExternalLabels() {} });
  picture.network.on("afterDrawing", drawAll);
  canvasElement().setAttribute("aria-hidden", "true");
}

function updatePicture() {
  const { nodes, edges, held } = picture;
  const goneEdges = [], newEdges = [], goneNodes = [], newNodes = [];
  const now = new Set(shownEdges);
  for (const k of held.edges) if (!now.has(k)) goneEdges.push(`e${k}`);
  for (const k of shownEdges) if (!held.edges.has(k)) newEdges.push(edgeItem(k));
  for (let i = 0; i < count; i++) {
    if (held.nodes[i] && !shown[i]) goneNodes.push(ids[i]);
    else if (!held.nodes[i] && shown[i]) newNodes.push(nodeItem(i));
  }
  if (goneEdges.length) edges.remove(goneEdges);
  if (goneNodes.length) nodes.remove(goneNodes);
  if (newNodes.length) nodes.add(newNodes);
  if (newEdges.length) edges.add(newEdges);
  picture.held = { nodes: shown.slice(), edges: now };
  picture.hover = null;
  if (picture.cursor !== null && !shown[picture.cursor]) picture.cursor = null;
  picture.buckets = null;
  picture.layout = null;
  repaint();
}

function relabelPicture() {
  forgetLabels();
  picture.nodes.update(shownNodes.map((i) => ({ id: ids[i], label: labelOf(i) })));
  picture.layout = null;
  repaint();
}

function repaint() {
  if (picture.pending || !picture.network) return;
  picture.pending = true;
  requestAnimationFrame(() => {
    picture.pending = false;
    picture.network.redraw();
  });
}

function currentView() {
  const network = picture.network;
  if (!network) return null;
  const { x, y } = network.getViewPosition();
  return { x, y, scale: network.getScale() };
}

/* Where the picture may be seen: the stage without what lies over it. */
function freeArea() {
  if (picture.exporting) return { x: 0, y: layers.length ? headingHeight() : 0, w: stageSize().w, h: stageSize().h - (layers.length ? headingHeight() : 0) };
  const { w, h } = stageSize();
  const area = { x: 0, y: layers.length ? headingHeight() : 0, w, h };
  area.h -= area.y;
  const panel = byId("panel");
  if (!panel.hidden && state.tab === "picture") {
    if (narrow.matches) area.h = Math.max(120, h - panel.offsetHeight - area.y);
    else area.w -= panel.offsetWidth;
  }
  return area;
}

function extent(list) {
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (const i of list) {
    if (xs[i] < left) left = xs[i];
    if (xs[i] > right) right = xs[i];
    if (ys[i] < top) top = ys[i];
    if (ys[i] > bottom) bottom = ys[i];
  }
  return list.length ? { left, right, top, bottom, w: right - left, h: bottom - top } : { left: 0, right: 0, top: 0, bottom: 0, w: 0, h: 0 };
}

function fittingMargin() {
  return narrow.matches ? { x: 30, top: 28, bottom: 66 } : { x: 76, top: 40, bottom: 56 };
}

function fittingRoom() {
  const area = freeArea(), margin = fittingMargin();
  return { w: Math.max(60, area.w - 2 * margin.x), h: Math.max(60, area.h - margin.top - margin.bottom) };
}

function fitView(list = shownNodes, gently = false) {
  const box = extent(list);
  const margin = fittingMargin();
  const scaleNow = () => Math.min(fittingRoom().w / Math.max(box.w, 1), fittingRoom().h / Math.max(box.h, 1), 1.5);
  if (layers.length) headingsAt(scaleNow());
  const scale = scaleNow();
  if (layers.length) headingsAt(scale);
  const area = freeArea();
  const { w: wide, h: high } = fittingRoom();
  const spacing = Math.sqrt((wide * high) / Math.max(list.length, 1));
  picture.fitted = scale;
  const row = stretch.row ? stretch.row * stretch.y * scale * 0.4 : Infinity;
  picture.unit = Math.min(Math.max(Math.min(spacing * 0.105, row), 3), 8.5) / middling;
  picture.bounded = true;
  picture.layout = null;
  picture.hover = null;
  forgetPointer();
  const { w, h } = stageSize();
  const aim = { x: area.x + area.w / 2, y: area.y + margin.top + high / 2 };
  moveTo({ x: (box.left + box.right) / 2 - (aim.x - w / 2) / scale, y: (box.top + box.bottom) / 2 - (aim.y - h / 2) / scale, scale }, gently);
}

function moveTo(view, gently) {
  const animation = gently && !still.matches ? { duration: 260, easingFunction: "easeInOutQuad" } : false;
  picture.network.moveTo({ position: { x: view.x, y: view.y }, scale: view.scale, animation });
  repaint();
}

function centreOn(i, gently) {
  const area = freeArea(), { w, h } = stageSize();
  const scale = Math.max(picture.network.getScale(), Math.min(picture.fitted * 1.6, 1));
  const aim = { x: area.x + area.w / 2, y: area.y + area.h / 2 };
  moveTo({ x: xs[i] - (aim.x - w / 2) / scale, y: ys[i] - (aim.y - h / 2) / scale, scale }, gently);
}

function zoomBy(factor, at) {
  const { w, h } = stageSize();
  const view = currentView();
  const scale = Math.min(Math.max(view.scale * factor, picture.fitted / 6), Math.max(picture.fitted * 60, 4));
  const dx = at ? at.x - w / 2 : 0, dy = at ? at.y - h / 2 : 0;
  moveTo({ x: view.x + dx / view.scale - dx / scale, y: view.y + dy / view.scale - dy / scale, scale }, true);
  rememberView();
}
