// Joins a page's passkey button to the sign-in library's script, which does the talking with the
// browser. A button says what it is for in data-passkey: login, add or authenticate.
(() => {
  const forms = window.allauth.webauthn.forms;
  const trouble = document.querySelector("[data-passkey-trouble]");
  const works = Boolean(window.PublicKeyCredential && navigator.credentials);

  for (const button of document.querySelectorAll("[data-passkey]")) {
    if (!works) continue;
    const { passkey, credential, passwordless, options } = button.dataset;
    const ids = { [passkey]: button.id, credential, passwordless };
    forms[`${passkey}Form`](options ? { ids, data: JSON.parse(options) } : { ids });
    button.addEventListener("click", () => { trouble.hidden = true; });
    button.hidden = false;
    for (const word of document.querySelectorAll("[data-no-passkey]")) word.hidden = true;
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    trouble.hidden = false;
    trouble.focus();
  });
})();
