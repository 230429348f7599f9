// Tells assistive technology which field a list with search belongs to: Select2 names it by the chosen value alone.

const $ = window.django.jQuery;

/** The name of a field: its label, or the one that it has in a table. */
function nameOf(select) {
  return select.getAttribute("aria-label") || select.labels[0]?.textContent.trim().replace(/:$/, "") || "";
}

function tell(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const container = select.nextElementSibling;
    const box = container?.querySelector(".select2-selection");
    if (!box) continue;
    const name = nameOf(select);
    const label = document.createElement("span");
    label.className = "visually-hidden";
    label.id = `${select.id}_name`;
    label.textContent = name;
    box.before(label);
    // Text, and no field of its own.
    const chosen = box.querySelector(".select2-selection__rendered");
    for (const attribute of ["role", "aria-readonly"]) chosen?.removeAttribute(attribute);
    box.setAttribute("aria-labelledby", `${label.id} ${box.getAttribute("aria-labelledby") || ""}`.trim());
    container.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
  }
}

$(() => tell(document));
document.addEventListener("formset:added", (event) => tell(event.target));
$(document).on("select2:open", (event) => {
  document.querySelector(".select2-container--open .select2-search__field")?.setAttribute("aria-label", nameOf(event.target));
});
