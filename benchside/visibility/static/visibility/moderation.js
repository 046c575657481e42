/* Photographs checked at speed: single keys, the next picture ready, boxes drawn by hand. Without
   this file every button, link and form does the same, a page at a time.

     [data-swap]      a form or link whose answer takes the place of #moderation
     [data-key]       what a key presses, opens or follows; [data-digit] a reason in an open list
     [data-keys-on]   single keys may be switched off, as WCAG 2.1.4 asks
     [data-cover]     squares over the picture; [data-cut] how much to cut off
*/
"use strict";
{
  const KEEP_EVERY = 120000;
  const SETTING = "moderation-keys";
  const root = () => document.getElementById("moderation");
  const one = (selector) => root().querySelector(selector);
  let next = null;
  let isBusy = false;

  /* --- the sheet in place ------------------------------------------------------------------- */
  function ready() {
    const address = root().dataset.next;
    next = address ? Object.assign(new Image(), { src: address }) : null;
    const keysSwitch = one("[data-keys-switch]");
    if (keysSwitch) {
      keysSwitch.hidden = false;
      one("[data-keys-on]").checked = keysWork();
    }
    if (one("[data-cover]")) cover(one("[data-cover]"));
    if (one("[data-cut]")) cut(one("[data-cut]"));
  }

  async function swap(address, options) {
    if (isBusy) return;
    isBusy = true;
    root().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { ...options, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const sheet = page.getElementById("moderation");
      if (!sheet) {
        location.assign(answer.url); /* signed out, or somewhere else */
        return;
      }
      root().replaceWith(sheet);
      document.title = page.title;
      history.pushState({}, "", answer.url);
      ready();
      (one("[data-first]") || one("[data-look] h1") || root()).focus({ preventScroll: true });
      window.scrollTo(0, 0);
    } catch {
      root().removeAttribute("aria-busy");
      tell("Not sent: the network is away. Nothing is lost, try again.");
    } finally {
      isBusy = false;
    }
  }

  function tell(words) {
    const said = document.createElement("b");
    said.className = "look__said look__said--bad";
    said.textContent = words;
    one("[role=status]")?.prepend(said);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form");
    if (!form.matches("[data-swap]")) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    swap(form.getAttribute("action"), { method: "POST", body: data });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    swap(link.href);
  });
  window.addEventListener("popstate", () => location.reload());

  /* --- keys --------------------------------------------------------------------------------- */
  function keysWork() {
    try {
      return localStorage.getItem(SETTING) !== "off";
    } catch {
      return true;
    }
  }

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-on]")) return;
    try {
      localStorage.setItem(SETTING, event.target.checked ? "on" : "off");
    } catch { /* private window: it holds until the page is left */ }
  });

  const isTyping = (target) => target.closest("textarea, select, input:not([type=checkbox])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape") return leave(event);
    if (isTyping(event.target) || !keysWork()) return;
    if (event.key === "ArrowLeft" && !one("[data-cover]")) return history.back();
    const open = one(".look__more[open]");
    const digit = open && one(`.look__more[open] [data-digit="${CSS.escape(event.key)}"]`);
    const named = digit || one(`[data-key="${CSS.escape(event.key.length === 1 ? event.key.toLowerCase() : event.key)}"]`);
    if (!named) return;
    event.preventDefault();
    if (named.tagName === "DETAILS") unfold(named);
    else named.click();
  });

  function leave(event) {
    const open = one(".look__more[open]");
    const back = one("[data-key=Escape]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (isTyping(event.target)) {
      event.target.blur();
    } else if (back) {
      event.preventDefault();
      back.click();
    }
  }

  function unfold(details) {
    root().querySelectorAll(".look__more[open]").forEach((each) => {
      if (each !== details) each.open = false;
    });
    details.open = !details.open;
    if (details.open) {
      (details.querySelector("textarea, .look__reason") || details.querySelector("summary")).focus();
      details.scrollIntoView({ block: "nearest" });
    }
  }

  /* --- drawing ------------------------------------------------------------------------------ */
  const SVG = "http://www.w3.org/2000/svg";

  /* Calls `done` with left, top, width, height in thousandths after a box was drawn. */
  function drawing(surface, svg, done) {
    let start = null;
    let rect = null;
    const at = (event) => {
      const box = surface.getBoundingClientRect();
      const share = (value, size) => Math.round(Math.min(1, Math.max(0, value / size)) * 1000);
      return [share(event.clientX - box.left, box.width), share(event.clientY - box.top, box.height)];
    };
    const shape = ([x, y]) => ({
      x: Math.min(x, start[0]), y: Math.min(y, start[1]),
      width: Math.abs(x - start[0]), height: Math.abs(y - start[1]),
    });
    surface.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      start = at(event);
      rect = null;
    });
    surface.addEventListener("pointermove", (event) => {
      if (!start) return;
      const now = shape(at(event));
      if (!rect && now.width + now.height < 15) return; /* a press, not a stroke */
      if (!rect) {
        rect = svg.appendChild(document.createElementNS(SVG, "rect"));
        surface.setPointerCapture(event.pointerId);
      }
      Object.entries(now).forEach(([name, value]) => rect.setAttribute(name, value));
    });
    surface.addEventListener("pointerup", (event) => {
      const drawn = rect && shape(at(event));
      if (drawn && drawn.width > 4 && drawn.height > 4) done(drawn, rect);
      else rect?.remove();
      start = rect = null;
    });
    surface.addEventListener("pointercancel", () => { rect?.remove(); start = rect = null; });
  }

  function cover(form) {
    const boxes = [...form.querySelectorAll("input[name=square]")];
    let strokes = 0;
    drawing(form, form.querySelector("[data-drawn]"), (box) => {
      strokes += 1;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "box",
        value: [box.x, box.y, box.width, box.height].join() });
      form.append(field);
    });
    /* A stroke that ends over a square must not tick it as well. */
    let before = 0;
    form.addEventListener("pointerdown", () => { before = strokes; });
    form.addEventListener("click", (event) => {
      if (strokes !== before && event.detail) event.preventDefault();
    });
    boxes.forEach((box, place) => { box.tabIndex = place ? -1 : 0; });
    form.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -10, ArrowDown: 10 }[event.key];
      const place = boxes.indexOf(document.activeElement);
      if (event.key === "Enter") {
        event.preventDefault();
        one("[data-enter]").click();
      } else if (step && place >= 0) {
        event.preventDefault();
        const target = boxes[place + step];
        if (!target) return;
        boxes[place].tabIndex = -1;
        target.tabIndex = 0;
        target.focus();
      }
    });
  }

  function cut(form) {
    const frame = one("[data-cut-frame]");
    const side = (name) => form.elements[name];
    const rect = frame.appendChild(document.createElementNS(SVG, "rect"));
    const show = () => {
      const [left, top, right, bottom] = ["left", "top", "right", "bottom"]
        .map((name) => Number(side(name).value) * 10 || 0);
      rect.setAttribute("x", left);
      rect.setAttribute("y", top);
      rect.setAttribute("width", Math.max(0, 1000 - left - right));
      rect.setAttribute("height", Math.max(0, 1000 - top - bottom));
    };
    form.addEventListener("input", show);
    drawing(frame, frame, (box, drawn) => {
      drawn.remove();
      const values = { left: box.x, top: box.y, right: 1000 - box.x - box.width,
        bottom: 1000 - box.y - box.height };
      Object.entries(values).forEach(([name, value]) => {
        side(name).value = Math.floor(value / 10);
      });
      show();
    });
    show();
  }

  setInterval(() => {
    const look = one("[data-keep]");
    const token = one("[name=csrfmiddlewaretoken]");
    if (!look || !token || document.hidden) return;
    fetch(look.dataset.keep, { method: "POST", credentials: "same-origin",
      headers: { "X-CSRFToken": token.value } }).catch(() => undefined);
  }, KEEP_EVERY);
  ready();
}
