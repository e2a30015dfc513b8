/* What was done, as addresses; the browser's own history where the page may write it, our own list always. */
const trail = { list: [""], place: 0, native: true };

function remember(how) {
  state.view = currentView();
  const address = writeAddress();
  if (how === "push") {
    trail.list.length = trail.place + 1;
    trail.list.push(address);
    trail.place++;
  } else {
    trail.list[trail.place] = address;
  }
  if (trail.native) {
    try {
      const target = address ? `#${address}` : location.pathname + location.search;
      history[how === "push" ? "pushState" : "replaceState"]({ stigraph: trail.place }, "", target);
    } catch (error) {
      trail.native = false;
    }
  }
  showTrail();
}

/* Do something that can be taken back. */
function act(change) {
  remember("replace");
  change();
  refresh();
  remember("push");
}

function showTrail() {
  byId("back").disabled = trail.place === 0;
  byId("forward").disabled = trail.place >= trail.list.length - 1;
}

function travel(by) {
  const place = trail.place + by;
  if (place < 0 || place >= trail.list.length) return;
  if (trail.native) history.go(by);
  else arrive(trail.list[place], place);
}

function arrive(address, place) {
  if (place !== null) trail.place = place;
  enter(readAddress(address));
  showTrail();
}

let remembering = 0;

function rememberView() {
  clearTimeout(remembering);
  remembering = setTimeout(() => remember("replace"), 500);
}

function startHistory() {
  const known = history.state && Number.isInteger(history.state.stigraph) ? history.state.stigraph : 0;
  trail.place = Math.min(Math.max(known, 0), 500);
  trail.list = new Array(trail.place + 1).fill("");
  trail.list[trail.place] = location.hash.slice(1);
  addEventListener("popstate", (event) => {
    clearTimeout(remembering);
    const place = event.state && Number.isInteger(event.state.stigraph) ? event.state.stigraph : null;
    const address = location.hash.slice(1);
    if (place === null) {
      trail.list.length = trail.place + 1;
      trail.list.push(address);
      arrive(address, trail.place + 1);
      try { history.replaceState({ stigraph: trail.place }, ""); } catch (error) { trail.native = false; }
    } else {
      while (trail.list.length <= place) trail.list.push("");
      trail.list[place] = address;
      arrive(address, place);
    }
  });
  byId("back").addEventListener("click", () => travel(-1));
  byId("forward").addEventListener("click", () => travel(1));
  showTrail();
}
