// Applies filters without losing one's place: htmx puts the new <main> where the old one was; this keeps what was folded
// open and the focus in place, and tells the new number to those who do not see it. Without scripts, the form is sent and
// links are followed.

const announced = document.querySelector("#announced");
let open = [];
let wasInForm = false;

/** The folds of a page, in their order, that somebody may have opened. */
const folds = () => [...document.querySelectorAll("main :is(.filters, .facets), main :is(.filters, .facets) details")];

document.addEventListener("htmx:beforeSwap", () => {
  open = folds().map((fold) => fold.open);
  wasInForm = document.activeElement?.closest(".filters") !== null;
});

document.addEventListener("htmx:afterSettle", () => {
  const after = folds();
  if (after.length === open.length) after.forEach((fold, place) => (fold.open ||= open[place]));
  if (document.activeElement === document.body) {
    const there = document.querySelector(wasInForm ? "main .filters .btn" : "main");
    there?.focus({ preventScroll: true });
  }
  const told = ["p.told", "[role=alert]", "h1"].map((name) => document.querySelector(`main ${name}`)).find(Boolean);
  announced.textContent = told ? told.textContent.trim().replace(/\s+/g, " ") : "";
});
