/* No typed word is lost to a bad connection. What stands in a form is kept in this browser until
   the site has it, and put back when the page is opened again. Without this file the forms work.

     [data-draft="key"]        a form; its words are kept under the key
     [data-draft-kept="step"]  the site has that step; "all" of [data-draft-story]: forget it here
     [data-draft-gone="key"]   the story is gone: forget all that begins so
     [data-draft-said]         where to say what was done

   Kept are words, choices and ticks; never a file, a signature or a hidden field. What is older
   than a day is thrown away, because phones and computers are lent. */
"use strict";
{
  const PREFIX = "benchside.story.";
  const DAY = 24 * 60 * 60 * 1000;
  const NEVER = new Set(["token", "website", "signed_as", "words"]);
  const form = document.querySelector("form[data-draft]");
  const said = document.querySelector("[data-draft-said]");

  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  function works() {
    try {
      localStorage.setItem(`${PREFIX}try`, "");
      localStorage.removeItem(`${PREFIX}try`);
      return true;
    } catch {
      return false;
    }
  }

  function say(words) {
    if (!said) return;
    said.textContent = words;
    said.hidden = false;
  }

  const fields = () => [...form.elements].filter(
    (field) => field.name && !NEVER.has(field.name) && !["hidden", "file", "submit"].includes(field.type) && field.tagName !== "BUTTON",
  );
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";

  function keep() {
    const values = fields().map((field) => [field.name, field.value, isTick(field) ? field.checked : null]);
    localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify({ at: Date.now(), values }));
  }

  /* Only where it differs from what the site sent, and only over what nobody has mended since. */
  function putBack() {
    let held;
    try {
      held = JSON.parse(localStorage.getItem(PREFIX + form.dataset.draft));
    } catch {
      held = null;
    }
    if (!held) return;
    let differs = false;
    const all = fields();
    for (const [name, value, ticked] of held.values) {
      const field = all.find((one) => one.name === name && (ticked === null || one.value === value));
      if (!field) continue;
      if (ticked === null && field.value !== value) {
        field.value = value;
        differs = true;
      } else if (ticked !== null && field.checked !== ticked) {
        field.checked = ticked;
        differs = true;
      }
    }
    if (differs) say("What you typed before is back. It is not kept by us yet.");
  }

  function forget(test) {
    keys().filter(test).forEach((key) => localStorage.removeItem(key));
  }

  function tidy() {
    const done = document.querySelector("[data-draft-kept]");
    const kept = done?.dataset.draftKept;
    const gone = document.querySelector("[data-draft-gone]")?.dataset.draftGone;
    const story = (done?.dataset.draftStory || form?.dataset.draft || "").split("-")[0];
    if (kept === "all" || gone) forget((key) => key.startsWith(PREFIX + (gone || story)) || key === `${PREFIX}begin-who`);
    else if (kept) forget((key) => key === `${PREFIX}${story}-${kept}` || (kept === "who" && key === `${PREFIX}begin-who`));
    forget((key) => {
      try {
        return Date.now() - JSON.parse(localStorage.getItem(key)).at > DAY;
      } catch {
        return true;
      }
    });
  }

  function send(event) {
    keep();
    if (navigator.onLine !== false) return;
    event.preventDefault();
    say("There is no connection. What you typed is safe in this browser: press again when you are back.");
    said?.scrollIntoView({ block: "center" });
  }

  if (works()) {
    tidy();
    if (form) {
      if (!form.querySelector("[role=alert]")) putBack();
      form.addEventListener("input", keep);
      form.addEventListener("change", keep);
      form.addEventListener("submit", send);
      window.addEventListener("online", () => say("You are back. Press the button again."));
      window.addEventListener("offline", () => say("There is no connection. What you type is safe in this browser."));
    }
  }
}
