// Lists with search: tells assistive technology which field each belongs to, for Select2 names it by the chosen value
// alone; and lets the focus of a new form, or of a new row, land on what can be seen and operated.

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

/** Give the focus of a select that was hidden under it to the list that stands in its place: Select2 passes on later ones. */
function passFocus() {
  if (!document.activeElement?.matches("select.select2-hidden-accessible")) return;
  document.activeElement.nextElementSibling?.querySelector(".select2-selection")?.focus();
}

/** Give the focus to the first field of a new row that can be seen; the button that added it stands below all of them. */
function enter(row) {
  const fields = row.querySelectorAll(".select2-selection, input, textarea, select:not(.select2-hidden-accessible)");
  [...fields].find((field) => field.checkVisibility())?.focus();
}

$(() => {
  tell(document);
  passFocus(); // Django's script that focuses the first field does not wait for Select2
});
document.addEventListener("formset:added", (event) => {
  tell(event.target);
  enter(event.target);
});
$(document).on("select2:open", (event) => {
  document.querySelector(".select2-container--open .select2-search__field")?.setAttribute("aria-label", nameOf(event.target));
});
