// Suggests names while somebody types into a search box. Without this, the box is a form that searches.

const PAUSE = 120; // milliseconds without a key before the API is asked
const FEWEST = 2; // letters that are asked about

function suggestIn(form) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  let found = [];
  let chosen = -1;
  let timer;
  let asked = new AbortController();

  list.className = "sugg";
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestions);
  form.append(list);
  input.autocomplete = "off";
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) {
    input.setAttribute(name, value);
  }

  /** Whether there is something to ask: letters or digits, and not only what a minus excludes. */
  function worthAsking(words) {
    return words.length >= FEWEST && /^[^-\u2212]*[\p{L}\p{N}]/u.test(words);
  }

  async function ask() {
    const words = input.value.trim();
    if (!worthAsking(words)) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: words })}`, {
        signal: asked.signal,
      });
      if (!answer.ok) throw new Error(answer.status);
      show((await answer.json()).results);
    } catch {
      close(); // typed on, or not answered: the form still searches
    }
  }

  function show(results) {
    found = document.activeElement === input ? results : [];
    list.replaceChildren(...found.map(option));
    choose(-1);
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  function close() {
    clearTimeout(timer);
    asked.abort();
    show([]);
  }

  function option(record, place) {
    const item = document.createElement("li");
    item.id = `${list.id}-${place}`;
    item.setAttribute("role", "option");
    item.dir = "auto";
    item.append(record.name);
    if (record.matched_name !== record.name) {
      const other = document.createElement("span");
      other.dir = "auto";
      other.textContent = ` ${record.matched_name}`;
      item.append(other);
    }
    item.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus until the click
    item.addEventListener("click", () => location.assign(record.page));
    return item;
  }

  function choose(place) {
    chosen = place;
    for (const [at, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(at === place));
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[place].id);
  }

  /** Go on by one; between the last and the first is the box itself. */
  function move(step) {
    const places = found.length + 1;
    choose(((chosen + 1 + step + places) % places) - 1);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    asked.abort(); // what was asked before is out of date
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(found[chosen].page);
    else return;
    event.preventDefault();
  });
}

for (const form of document.querySelectorAll("form[data-suggest]")) suggestIn(form);
