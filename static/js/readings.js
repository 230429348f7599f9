// Reads out what a part of a picture tells: beside the pointer, and to whoever goes through them with the arrow keys.
// Without this, the parts are links with a title, and the table below has the same numbers.

const NEXT = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function readIn(drawing) {
  const spots = [...drawing.querySelectorAll(".spots a")];
  const figure = drawing.closest("figure");
  const box = document.createElement("p");
  let at = -1;

  box.className = "reading";
  box.hidden = true;
  box.setAttribute("role", "status");
  figure.append(box);
  drawing.setAttribute("tabindex", "0");
  for (const spot of spots) {
    // Beside our own words, those of the browser would lie on them.
    const title = spot.querySelector("title");
    spot.setAttribute("aria-label", title.textContent);
    title.remove();
  }

  function tell(spot) {
    const from = figure.getBoundingClientRect();
    const to = spot.getBoundingClientRect();
    spots.forEach((one) => one.classList.toggle("told", one === spot));
    box.textContent = spot.getAttribute("aria-label");
    box.hidden = false;
    const left = Math.min(Math.max(0, to.left - from.left), Math.max(0, from.width - box.offsetWidth));
    const above = to.top - from.top - box.offsetHeight - 6;
    box.style.left = `${left}px`;
    box.style.top = `${above >= 0 ? above : to.bottom - from.top + 6}px`;
  }

  function hush() {
    spots.forEach((one) => one.classList.remove("told"));
    box.hidden = true;
    at = -1;
  }

  drawing.addEventListener("pointerover", (event) => {
    const spot = event.target.closest(".spots a");
    if (spot) tell(spot);
  });
  drawing.addEventListener("pointerleave", hush);
  drawing.addEventListener("blur", hush);
  drawing.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in NEXT || event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const next = at < 0 ? 0 : at + (NEXT[event.key] ?? 0);
      at = event.key === "Home" ? 0 : event.key === "End" ? spots.length - 1 : next;
      at = Math.min(Math.max(at, 0), spots.length - 1);
      tell(spots[at]);
    } else if (event.key === "Enter" && at >= 0) {
      location.assign(spots[at].href.baseVal);
    } else if (event.key === "Escape") {
      hush();
    }
  });
}

function readAll() {
  for (const drawing of document.querySelectorAll(".picture svg:has(.spots):not([tabindex])")) readIn(drawing);
}

readAll();
document.addEventListener("htmx:afterSettle", readAll); // a new question was answered in place
