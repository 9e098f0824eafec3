// The queue by keyboard: an addition to a page that works without it. Never active while somebody types,
// and it can be turned off; the choice stays in this browser.
const KEPT_AS = "desk-keys";
const WAIT = 150; // milliseconds: holding J down asks for the last row only

const rows = [...document.querySelectorAll("tr[data-case]")];
const link = (row) => row.querySelector("a.subj");
let here = rows.findIndex((row) => row.classList.contains("sel"));
let timer = 0;
let asked = null;

function isOn() {
  try {
    return localStorage.getItem(KEPT_AS) !== "off";
  } catch {
    return true; // a browser that keeps nothing
  }
}

function keep(on) {
  try {
    localStorage.setItem(KEPT_AS, on ? "on" : "off");
  } catch {
    // The choice then lasts until the page is left.
  }
}

function show(on) {
  document.querySelectorAll("[data-keys]").forEach((part) => (part.hidden = !on));
  const button = document.querySelector("[data-switch] button");
  button.textContent = on ? button.dataset.off : button.dataset.on;
  button.parentElement.hidden = false;
}

async function fetchPreview(row) {
  asked?.abort();
  asked = new AbortController();
  const address = row.querySelector(".meta a").href.split("#")[0];
  try {
    const answer = await fetch(address, { signal: asked.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const preview = page.getElementById("valt");
    if (answer.ok && preview) document.getElementById("valt").replaceWith(preview);
    else location.assign(link(row).href);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function choose(place) {
  const row = rows[place];
  if (!row) return;
  if (rows[here]) {
    rows[here].classList.remove("sel");
    link(rows[here]).removeAttribute("aria-current");
  }
  here = place;
  row.classList.add("sel");
  link(row).setAttribute("aria-current", "true");
  clearTimeout(timer);
  timer = setTimeout(() => fetchPreview(row), WAIT);
}

function move(step) {
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  const place = focused < 0 ? Math.max(here, 0) : focused + step;
  if (!rows[place]) return;
  choose(place);
  link(rows[place]).focus();
}

function isTyping(target) {
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => document.getElementById("dq").focus(),
};

let on = isOn();
show(on);

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const deed = KEYS[event.key.toLowerCase()];
  if (!deed) return;
  event.preventDefault();
  deed();
});

document.querySelector("[data-switch] button").addEventListener("click", () => {
  on = !on;
  keep(on);
  show(on);
});

// A click on a reference chooses the row where it stands, when there is room for the preview beside the list.
const beside = matchMedia("(min-width: 70rem)");
rows.forEach((row, place) => {
  row.querySelector(".meta a").addEventListener("click", (event) => {
    if (!beside.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(place);
  });
});
