// Gives each reference a button that copies it. Without this, its text can be marked and copied.

function offer(formats) {
  for (const text of formats.querySelectorAll("pre")) {
    const button = document.createElement("button");
    const name = text.previousElementSibling;
    button.type = "button";
    button.className = "copy";
    button.textContent = formats.dataset.copy;
    button.setAttribute("aria-label", `${formats.dataset.copy}: ${name.textContent}`);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = formats.dataset.copied;
      } catch {
        getSelection().selectAllChildren(text); // where copying is not allowed, it is marked at least
      }
    });
    name.append(" ", button);
  }
}

function offerAll() {
  for (const formats of document.querySelectorAll(".formats[data-copy]:not(:has(.copy))")) offer(formats);
}

if (navigator.clipboard) {
  offerAll();
  document.addEventListener("htmx:afterSettle", offerAll);
}
