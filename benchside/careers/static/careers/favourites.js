/* Favourites: roles a reader keeps, in this browser and nowhere else. No cookie, no request.

   What a page may hold, all optional, all hidden until this runs:
     <button data-favourite="slug" data-title="Title" hidden>   keeps or lets go of a role; its
         words come from data-keep and data-kept, or from WORDS, and stand in a <span> if it has one
     <... data-favourites-count>      how many are kept; hidden at none
     <... data-favourites-list>       around <... data-favourite-item="slug">, of which only the
         kept are shown, in the order they were kept
     <... data-favourites-empty>      shown when none is kept
     <... data-favourites-some>       shown when some are
     <... data-favourites-blocked>    shown when the browser keeps nothing
     <button data-favourites-clear>   forgets all
     <a data-favourites-compare href="/careers/roles/compare/">   gets the first three added
     <... data-favourites-status role="status">   says what happened
     <... data-favourites-plain>      for readers without JavaScript; hidden by this
*/
"use strict";
{
  const KEY = "benchside.favourites";
  const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
  const MOST = 200;
  const MOST_COMPARED = 3;
  const WORDS = { keep: "Keep this role", kept: "Let this role go" };

  const all = (name) => document.querySelectorAll(`[data-${name}]`);
  const show = (name, shown) => all(name).forEach((element) => { element.hidden = !shown; });

  /* The kept slugs, oldest first; null when the browser keeps nothing (blocked, or private). */
  function read() {
    try {
      const value = JSON.parse(localStorage.getItem(KEY) || "[]");
      if (!Array.isArray(value)) return [];
      const slugs = value.filter((slug) => typeof slug === "string" && SLUG.test(slug));
      return [...new Set(slugs)].slice(0, MOST);
    } catch (error) {
      return error instanceof SyntaxError ? [] : null;
    }
  }

  function write(slugs) {
    try {
      if (slugs.length) localStorage.setItem(KEY, JSON.stringify(slugs.slice(0, MOST)));
      else localStorage.removeItem(KEY);
      return true;
    } catch {
      return false;
    }
  }

  /* Reading may work where writing does not. */
  function works() {
    const slugs = read();
    return slugs !== null && write(slugs);
  }

  /* Once, wherever the page has room for it: a reader who listens hears each of them. */
  function say(words) {
    const status = document.querySelector("[data-favourites-status]");
    if (status) status.textContent = words;
  }

  function label(button, isKept) {
    const words = isKept
      ? button.dataset.kept || WORDS.kept
      : button.dataset.keep || WORDS.keep;
    (button.querySelector("span") || button).textContent = words;
    if (button.dataset.title) button.setAttribute("aria-label", `${words}: ${button.dataset.title}`);
    button.toggleAttribute("data-is-kept", isKept);
  }

  function showList(slugs) {
    all("favourites-list").forEach((list) => {
      const items = new Map();
      list.querySelectorAll("[data-favourite-item]").forEach((item) => {
        item.hidden = true;
        items.set(item.dataset.favouriteItem, item);
      });
      const kept = slugs.filter((slug) => items.has(slug)).map((slug) => items.get(slug));
      kept.forEach((item) => {
        item.hidden = false;
        list.append(item);
      });
      list.hidden = kept.length === 0;
    });
  }

  function showCompare(slugs) {
    all("favourites-compare").forEach((link) => {
      const url = new URL(link.getAttribute("href"), location.href);
      url.search = "";
      slugs.slice(0, MOST_COMPARED).forEach((slug) => url.searchParams.append("role", slug));
      link.href = url.pathname + url.search;
      link.hidden = slugs.length < 2;
    });
  }

  function render() {
    const slugs = read() || [];
    all("favourite").forEach((button) => {
      label(button, slugs.includes(button.dataset.favourite));
      button.hidden = false;
    });
    all("favourites-count").forEach((element) => {
      element.textContent = String(slugs.length);
      element.hidden = slugs.length === 0;
    });
    showList(slugs);
    showCompare(slugs);
    show("favourites-empty", slugs.length === 0);
    show("favourites-some", slugs.length > 0);
    show("favourites-clear", slugs.length > 0);
  }

  function toggle(button) {
    const slugs = read() || [];
    const { favourite: slug, title = "The role" } = button.dataset;
    const isKept = slugs.includes(slug);
    const next = isKept ? slugs.filter((one) => one !== slug) : [...slugs, slug];
    if (!write(next)) return blocked();
    render();
    say(isKept ? `${title} is off your list.` : `${title} is on your list.`);
  }

  function clear() {
    write([]);
    render();
    say("Your list is empty. Nothing is left of it in this browser.");
    const find = (selector) => document.querySelector(selector);
    const next = find("[data-favourites-empty] a") || find("[data-favourites-empty]");
    if (next) {
      if (next.tagName !== "A") next.tabIndex = -1;
      next.focus();
    }
  }

  function blocked() {
    show("favourites-blocked", true);
    show("favourites-empty", false);
    all("favourite").forEach((button) => { button.hidden = true; });
    say("This browser is set to keep nothing, so we cannot keep a list.");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-favourite], [data-favourites-clear]");
    if (!button) return;
    if (button.hasAttribute("data-favourite")) toggle(button);
    else clear();
  });
  /* Another tab changed the list, or a part of this page was replaced. */
  window.addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) render();
  });
  for (const replaced of ["htmx:afterSettle", "sheet:replaced"]) {
    document.addEventListener(replaced, () => { if (works()) render(); });
  }

  const start = () => {
    show("favourites-plain", false);
    if (works()) render();
    else blocked();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
