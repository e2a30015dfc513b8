/* The given places are drawn out in one direction, so that the picture fills the stage it has: columns no farther apart
   than reads well, rows no farther than their labels need, a network only a little. */
const ROW = 84;
const COLUMN = 300;
const DRAWN_OUT = 1.9;
const given = { xs: xs.slice(), ys: ys.slice(), layers: layers.map((layer) => Number(layer.x) || 0) };
const stretch = { x: 1, y: 1, row: 0 };

/* The distance that is usual between neighbours in one column. */
function usualRow(list) {
  const order = list.slice().sort((a, b) => given.xs[a] - given.xs[b] || given.ys[a] - given.ys[b]);
  const gaps = [];
  for (let turn = 1; turn < order.length; turn++) {
    const gap = given.ys[order[turn]] - given.ys[order[turn - 1]];
    if (Math.abs(given.xs[order[turn]] - given.xs[order[turn - 1]]) < 1 && gap > 0) gaps.push(gap);
  }
  gaps.sort((a, b) => a - b);
  return gaps.length ? gaps[gaps.length >> 2] : 0;
}

function usualColumn() {
  const places = [...new Set(given.layers)].sort((a, b) => a - b);
  let least = Infinity;
  for (let turn = 1; turn < places.length; turn++) least = Math.min(least, places[turn] - places[turn - 1]);
  return Number.isFinite(least) ? least : 0;
}

function drawOut(list, room) {
  const box = { w: spread(given.xs, list), h: spread(given.ys, list) };
  stretch.x = stretch.y = 1;
  stretch.row = layers.length ? usualRow(list) : 0;
  if (box.w > 1 && box.h > 1) {
    let x = room.w / box.w, y = room.h / box.h;
    if (layers.length) {
      if (stretch.row) y = Math.min(y, ROW / stretch.row);
      const column = usualColumn();
      if (column) x = Math.min(x, COLUMN / column);
    } else {
      x = Math.min(x, y * DRAWN_OUT);
      y = Math.min(y, x * DRAWN_OUT);
    }
    stretch.x = x / Math.min(x, y);
    stretch.y = y / Math.min(x, y);
  }
  for (let i = 0; i < count; i++) {
    xs[i] = given.xs[i] * stretch.x;
    ys[i] = given.ys[i] * stretch.y;
  }
  layers.forEach((layer, place) => { layer.x = given.layers[place] * stretch.x; });
}

function spread(values, list) {
  let low = Infinity, high = -Infinity;
  for (const i of list) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return list.length ? high - low : 0;
}
