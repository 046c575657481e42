// Joins a page's passkey button to the sign-in library's script, which does the talking with the
// browser. The button says what it is for in data-passkey: login, add or authenticate.
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const show = (selector, shown) => {
    for (const element of document.querySelectorAll(selector)) element.hidden = !shown;
  };
  const forms = window.allauth.webauthn.forms;

  for (const button of document.querySelectorAll("[data-passkey]")) {
    const { passkey, credential, passwordless, options } = button.dataset;
    const ids = { [passkey]: button.id, credential, passwordless };
    forms[`${passkey}Form`](options ? { ids, data: JSON.parse(options) } : { ids });
    button.addEventListener("click", () => show("[data-passkey-trouble]", false));
  }
  show("[data-no-passkey]", false);
  show("[data-passkey-way]", true);

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show("[data-passkey-trouble]", true);
    document.querySelector("[data-passkey-trouble]").focus();
  });
})();
