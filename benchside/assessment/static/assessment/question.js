/* Words are saved while somebody types. htmx carries them; this file counts, brings in what others
   saved meanwhile, and keeps everything on the page when a save fails. Without it the buttons do
   the same.

     #ask            the form; its answer takes the place of #saved
     [data-merged]   in #saved: the text as it stands when somebody else had saved
     data-typed      on #saved: the number to send when one typed on meanwhile
     data-limit      on the text: how many words are asked at most */
"use strict";
{
  const form = document.getElementById("ask");
  const box = document.getElementById("text");
  const AGAIN = 8000;
  const WORD = /[\p{L}\p{N}]+(?:[-’'.,/@][\p{L}\p{N}]+)*/gu;
  let sent = null; /* the words under way */
  let isDirty = false; /* something was typed that no save has confirmed */
  let waits = null; /* a button pressed while a save is under way */
  let hasNewToken = false;

  const words = () => (box ? box.value.match(WORD) || [] : []).length;
  const saved = () => document.getElementById("saved");

  function say(text, ...more) {
    const status = document.getElementById("status");
    if (!status) return;
    status.textContent = text;
    status.append(...more);
  }

  function count() {
    const limit = Number(box?.dataset.limit || 0);
    const line = document.getElementById("count");
    if (!limit || !line) return;
    const now = words();
    line.classList.toggle("scribe__over", now > limit);
    line.querySelector("[data-count]").textContent = now;
    line.querySelector("[data-over]").textContent = now > limit ? `: ${now - limit} too many` : "";
  }

  const save = () => form.dispatchEvent(new Event("benchside:save"));
  const later = () => setTimeout(() => isDirty && sent === null && save(), AGAIN);

  function signedOut() {
    const link = Object.assign(document.createElement("a"), {
      href: form.dataset.login, target: "_blank", textContent: "Sign in in another tab",
    });
    say("Not saved: you are signed out. Your words are safe on this page. ", link, ", then come back here.");
  }

  /* A sign-in elsewhere changes the secret of forms: fetch the page's new one, and try again. */
  async function renew() {
    if (hasNewToken) {
      say("Not saved: you may not write here any more. Copy your words.");
      return;
    }
    hasNewToken = true;
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("#ask [name=csrfmiddlewaretoken]");
      if (!token) {
        signedOut();
        return;
      }
      form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
      save();
    } catch {
      later();
    }
  }

  /* Where the caret stands in the joined text: behind the words it stands behind now, wherever they
     have moved to, so that nobody types on in the middle of somebody else's word. */
  function caretIn(text) {
    const at = box.selectionStart;
    for (let size = Math.min(at, 80); size > 0; size = size >> 1) {
      const found = text.lastIndexOf(box.value.slice(at - size, at));
      if (found >= 0) return found + size;
    }
    return Math.min(at, text.length);
  }

  /* The text as it now stands takes the place of what was sent, with the caret where it was; but
     never of words typed since: those are sent on top of what was sent, and joined by the site. */
  function settle() {
    const part = saved();
    if (!part || part.dataset.state === "refused") return;
    const merged = part.querySelector("[data-merged]");
    const isSame = !box || box.value === sent;
    if (isSame) isDirty = false;
    if (!merged || !box) return;
    if (isSame) {
      const at = caretIn(merged.value);
      const had = document.activeElement === box;
      box.value = merged.value;
      if (had) box.setSelectionRange(at, at);
    } else {
      part.querySelector("[name=based_on]").value = part.dataset.typed;
    }
    count();
  }

  form.addEventListener("input", (event) => {
    if (event.target === box || event.target.name === "choice") isDirty = true;
    count();
  });
  form.addEventListener("htmx:beforeRequest", () => {
    sent = box ? box.value : "";
    if (isDirty) say("Saving …");
  });
  form.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    const isPart = xhr.responseText.includes('id="saved"');
    event.detail.shouldSwap = isPart;
    event.detail.isError = false;
    if (isPart) hasNewToken = false;
    else if (xhr.status === 401) signedOut();
    else if (xhr.status === 403) renew();
    else if (xhr.status !== 204) {
      say("Not saved: something went wrong. Your words are safe on this page; we try again.");
      later();
    }
  });
  form.addEventListener("htmx:afterSwap", settle);
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    form.addEventListener(name, () => {
      say("Not saved: no connection. Your words are safe on this page; we try again.");
      later();
    });
  }
  form.addEventListener("htmx:afterRequest", () => {
    sent = null;
    if (waits) form.requestSubmit(waits.button);
  });

  /* A button waits for the save under way, so that nobody's own words clash with themselves. */
  form.addEventListener("submit", (event) => {
    if (sent !== null && !waits) {
      event.preventDefault();
      waits = { button: event.submitter };
      return;
    }
    waits = null;
    isDirty = false;
  });
  window.addEventListener("online", () => isDirty && save());
  document.addEventListener("visibilitychange", () => {
    if (!isDirty || sent !== null) return;
    save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
  });
  count();
}
