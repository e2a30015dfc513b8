const THEMES = ["auto", "light", "dark"];
const darkness = matchMedia("(prefers-color-scheme: dark)");
let palette = {};

function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme === "dark" || (theme !== "light" && darkness.matches);
}

function readPalette() {
  const style = getComputedStyle(document.documentElement);
  palette = {};
  for (const name of ["bg", "surface", "raised", "ink", "muted", "faint", "line", "strong", "accent", "flag", "mark", "japanese", "latin"]) {
    palette[name] = style.getPropertyValue(`--${name}`).trim();
  }
  palette.dark = isDark();
  stamps.clear();
}

const COLOUR = /^#[0-9a-f]{3,8}$/i;

function colourOf(kind, light = !palette.dark) {
  const colour = kind && (light ? kind.color : kind.dark || kind.color);
  return COLOUR.test(colour) ? colour : light ? "#66707a" : "#9aa4ae";
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").dataset.wordLabel = `theme-${theme}`;
  readPalette();
}

function startTheme() {
  let theme = "auto";
  try { theme = localStorage.getItem("stigraph-theme"); } catch (error) { theme = "auto"; }
  setTheme(THEMES.includes(theme) ? theme : "auto");
  const redo = () => { readPalette(); refreshColours(); };
  darkness.addEventListener("change", redo);
  byId("theme").addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length];
    setTheme(next);
    try { localStorage.setItem("stigraph-theme", next); } catch (error) { /* the choice lasts as long as the page */ }
    setWords(document);
    announce(word(`theme-${next}`));
    redo();
  });
}
