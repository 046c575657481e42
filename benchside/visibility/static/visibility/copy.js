// Words to copy: a button beside each, shown only where it will work. Without it the words can be
// selected as they stand.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const words = document.getElementById(button.dataset.copy);
    const said = document.querySelector(`[data-copied="${button.dataset.copy}"]`);
    if (!words || !said) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(words.value);
        said.textContent = "Copied";
      } catch {
        words.select();
        said.textContent = "Selected: copy it with your keyboard.";
      }
    });
  }
}
