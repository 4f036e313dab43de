// Reads a form the way the server expects it, and says in our own words what is still missing.

export function readForm(form) {
  const values = {};
  for (const field of form.querySelectorAll("[data-field]")) {
    values[field.dataset.field] = { kind: field.dataset.kind, value: readField(field) };
  }
  return values;
}

function readField(field) {
  const checked = [...field.querySelectorAll("input:checked")].map((input) => input.value);
  switch (field.dataset.kind) {
    case "many_field":
      return checked;
    case "choice_field":
      return (field.querySelector("select")?.value || checked[0]) ?? null;
    case "date_field":
      return field.querySelector("input").value || null;
    default:
      return field.querySelector("input, textarea").value;
  }
}

/** Whether everything that is needed is there; where not, each field says so. */
export function checkForm(form, words) {
  for (const field of form.querySelectorAll("[data-field]")) {
    const value = readField(field);
    const isMissing = "required" in field.dataset && (value === null || !String(value).trim());
    const isChoice = field.querySelector("fieldset, select") !== null;
    setError(field, isMissing ? (isChoice ? words.missingChoice : words.missing) : "");
  }
  return showErrors(form);
}

function setError(field, words) {
  const error = field.querySelector(".field-error");
  const input = field.querySelector("fieldset, select, textarea, input");
  const ids = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  ids[words ? "add" : "delete"](error.id);
  error.textContent = words;
  error.hidden = !words;
  field.classList.toggle("wrong", Boolean(words));
  input.toggleAttribute("aria-invalid", false);
  if (words) input.setAttribute("aria-invalid", "true");
  if (ids.size) input.setAttribute("aria-describedby", [...ids].join(" "));
  else input.removeAttribute("aria-describedby");
}

/** Go to the first thing that is wrong; true when nothing is. `words`: about the form as a whole. */
export function showErrors(root, words) {
  if (words) {
    const said = document.createElement("p");
    said.className = "form-error";
    said.setAttribute("role", "alert");
    said.textContent = words;
    root.querySelector(".form-error")?.remove();
    root.querySelector(".form-buttons").before(said);
  }
  const wrong = root.querySelector(".field.wrong");
  wrong?.querySelector("input, textarea, select")?.focus();
  return wrong === null;
}
