// Tells what is typed is taken for, while it is typed. Without this, the form tells it when it is checked or saved.

const PAUSE = 300; // milliseconds without a key before the desk is asked

function follow(value) {
  const told = value.querySelector(".read-told");
  const inputs = [...value.querySelectorAll("input, select")];
  let timer;
  let asked = new AbortController();

  async function ask() {
    asked.abort();
    asked = new AbortController();
    const question = new URLSearchParams({ kind: value.dataset.kind });
    for (const input of inputs) question.append("part", input.value);
    try {
      const answer = await fetch(`${value.dataset.address}?${question}`, { signal: asked.signal });
      if (!answer.ok) throw new Error(answer.status);
      const { sentence, refused } = await answer.json();
      tell(sentence, refused);
    } catch (error) {
      if (error.name !== "AbortError") tell(value.dataset.failed, true);
    }
  }

  function tell(sentence, refused) {
    told.textContent = sentence;
    told.classList.toggle("is-refused", refused);
  }

  value.addEventListener("input", () => {
    clearTimeout(timer);
    asked.abort(); // what was asked before is out of date
    timer = setTimeout(ask, PAUSE);
  });
}

function followAll(root) {
  // The template of a row that may be added is copied later; its copy is followed then.
  for (const value of root.querySelectorAll(".read[data-address]")) {
    if (!value.closest(".empty-form")) follow(value);
  }
}

followAll(document);
document.addEventListener("formset:added", (event) => {
  // The row has ids of its own, but still names the hints of the template.
  for (const input of event.target.querySelectorAll(".read :is(input, select)")) {
    input.setAttribute("aria-describedby", `${input.id}_hint`);
  }
  followAll(event.target);
});
