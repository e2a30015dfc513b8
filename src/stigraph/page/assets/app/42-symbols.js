/* Outlines of the shapes about (0, 0), of like area; null is a circle. */
const polygon = (corners, turn = 0, size = 1.15) =>
  Array.from({ length: corners }, (_, k) => {
    const angle = turn + (2 * Math.PI * k) / corners - Math.PI / 2;
    return [size * Math.cos(angle), size * Math.sin(angle)];
  });
const SHAPES = {
  dot: null,
  ring: null,
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  box: [[-1.25, -0.72], [1.25, -0.72], [1.25, 0.72], [-1.25, 0.72]],
  diamond: polygon(4, 0, 1.25),
  triangle: polygon(3, 0, 1.3),
  triangleDown: polygon(3, Math.PI, 1.3),
  pentagon: polygon(5),
  hexagon: polygon(6, Math.PI / 6),
  star: polygon(10, 0, 1).map(([x, y], k) => (k % 2 ? [x * 0.62, y * 0.62] : [x * 1.38, y * 1.38])),
  cross: [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]],
};
const RINGS = [[3, 2.2], [], [1.2, 2.2], [6, 2, 1.2, 2]];

function outlineOf(c) {
  const shape = (classes[c] || {}).shape;
  return Object.hasOwn(SHAPES, shape) ? SHAPES[shape] : null;
}

function isHollow(c) {
  return (classes[c] || {}).shape === "ring";
}

function traceSymbol(context, outline, x, y, r) {
  if (!outline) {
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(x + outline[0][0] * r, y + outline[0][1] * r);
  for (let k = 1; k < outline.length; k++) context.lineTo(x + outline[k][0] * r, y + outline[k][1] * r);
  context.closePath();
}

function drawnSymbol(c, x, y, r, colour, ground) {
  const outline = outlineOf(c), hollow = isHollow(c);
  const look = hollow ? { fill: ground, stroke: colour, "stroke-width": Math.max(1.6, r * 0.3) } : { fill: colour };
  if (!outline) return svg("circle", { cx: x, cy: y, r: hollow ? r * 0.85 : r, ...look });
  const points = outline.map(([dx, dy]) => `${(x + dx * r).toFixed(1)},${(y + dy * r).toFixed(1)}`).join(" ");
  return svg("polygon", { points, ...look });
}

function drawnRing(flag, x, y, r, colour) {
  const dashes = RINGS[flag % RINGS.length];
  return svg("circle", { cx: x, cy: y, r, fill: "none", stroke: colour, "stroke-width": 1.6, "stroke-dasharray": dashes.length ? dashes.join(" ") : null });
}

function symbolOf(c) {
  return svg("svg", { viewBox: "0 0 22 18", width: 22, height: 18, "aria-hidden": "true", "data-symbol": "class" },
    drawnSymbol(c, 11, 9, 5.6, colourOf(classes[c]), palette.bg));
}

function lineOf(r, dashed, incoming = false) {
  const relation = relations[r] || {};
  const colour = colourOf(relation);
  return svg("svg", { viewBox: "0 0 26 14", width: 26, height: 14, "aria-hidden": "true" },
    svg("path", { d: incoming ? "M25 7H7" : "M1 7H19", stroke: colour, "stroke-width": 2, fill: "none", "stroke-dasharray": dashed || relation.dashes ? "4 3" : null }),
    svg("path", { d: incoming ? "M1 7l7-4v8z" : "M25 7l-7-4v8z", fill: colour }));
}

function flagSymbol(flag) {
  const part = svg("svg", { viewBox: "0 0 22 18", width: 22, height: 18, "aria-hidden": "true" }, svg("circle", { cx: 11, cy: 9, r: 3.4, fill: palette.faint }));
  if (flag !== NO_FLAG) part.append(drawnRing(flag, 11, 9, 7, palette.flag));
  return part;
}
