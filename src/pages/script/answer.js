/** Running a query without leaving the page: the same page is fetched for it, and its answer put into this one. */

/** What of the page tells what became of a query. */
const PARTS = ["refusal", "answer"];

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} field
 * @param {import("./editor.js").Editor} editor
 */
export function answerInPlace(form, field, editor) {
  const status = statusAfter(form);
  const stop = stopButtonOf(form);
  /** @type {AbortController | undefined} */
  let running;

  /** Fetches the page at an address and shows what it tells. */
  async function show(address) {
    running?.abort("another query");
    const own = (running = new AbortController());
    clear();
    tell(form.dataset.running);
    stop.hidden = false;
    try {
      const page = await pageAt(address, own.signal);
      if (running === own) put(page);
    } catch {
      // Nothing of an answer that did not arrive whole is shown. Whoever asked another query waits for that.
      if (running === own) tell(own.signal.aborted ? form.dataset.stopped : form.dataset.cut);
    }
    if (running === own) stop.hidden = true;
  }

  function tell(text) {
    status.textContent = text ?? "";
  }

  function clear() {
    for (const part of PARTS) document.getElementById(part)?.replaceChildren();
  }

  /** Shows what a page tells of its query. */
  function put(page) {
    for (const part of PARTS) {
      const told = page.getElementById(part)?.childNodes ?? (part === "refusal" ? problemOf(page) : []);
      document.getElementById(part)?.replaceChildren(...told);
    }
    document.title = page.title;
    tell(document.querySelector("#told, #refused")?.textContent);
    markPlace();
  }

  /** Marks in the editor what the page says cannot be read. */
  function markPlace() {
    const place = document.querySelector("#refusal [data-line]");
    if (!(place instanceof HTMLElement)) return;
    const mark = () => editor.markError(Number(place.dataset.line), Number(place.dataset.column ?? 1));
    place.querySelector("a")?.addEventListener("click", (event) => {
      event.preventDefault();
      mark();
      editor.focus();
    });
    mark();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = `${location.pathname}?${new URLSearchParams({ query: field.value })}`;
    if (address !== location.pathname + location.search) history.pushState(null, "", address);
    show(address);
  });
  stop.addEventListener("click", () => {
    running?.abort("stopped");
    editor.focus();
  });
  // Back and forward lead to other queries, with their answers.
  addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search).get("query");
    if (query === null) location.reload();
    else {
      editor.setText(query);
      show(location.pathname + location.search);
    }
  });
  markPlace();
}

/** The page at an address, once all of it is here. */
async function pageAt(address, signal) {
  const response = await fetch(address, { headers: { Accept: "text/html" }, signal });
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** What the page of a problem says, which knows nothing of queries. */
function problemOf(page) {
  const notice = document.createElement("section");
  notice.className = "notice";
  const said = [page.querySelector("h1"), page.querySelector(".lead")];
  notice.append(
    ...said.map((element) => {
      const line = document.createElement("p");
      line.textContent = element?.textContent ?? "";
      return line;
    }),
  );
  return [notice];
}

/** A line below the form that tells what happens, to those who listen too. */
function statusAfter(form) {
  const status = document.createElement("p");
  status.className = "note status";
  status.setAttribute("role", "status");
  form.after(status);
  return status;
}

/** A button beside the form's own that stops what runs. */
function stopButtonOf(form) {
  const stop = document.createElement("button");
  stop.type = "button";
  stop.className = "stop";
  stop.hidden = true;
  stop.textContent = form.dataset.stop ?? "";
  form.querySelector(".controls")?.append(stop);
  return stop;
}
