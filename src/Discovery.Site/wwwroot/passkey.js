// <form data-passkey="ask|add">: the browser's own dialogue fills Input.Credential, then the form goes its way. Hidden where the browser cannot.
const can = window.PublicKeyCredential?.parseRequestOptionsFromJSON && window.PublicKeyCredential?.parseCreationOptionsFromJSON;

for (const form of can ? document.querySelectorAll('form[data-passkey]') : []) {
  const credential = form.elements['Input.Credential'];
  for (const part of document.querySelectorAll('[data-passkey-part]')) part.hidden = false;
  form.hidden = false;
  form.addEventListener('submit', async event => {
    if (credential.value) return;
    event.preventDefault();
    const says = form.querySelector('[data-passkey-says]');
    says.textContent = '';
    try {
      const adding = form.dataset.passkey === 'add';
      const answer = await fetch(`/api/identity/passkeys/${adding ? 'options' : 'ask'}`, { method: 'POST' });
      if (!answer.ok) throw new Error(answer.status);
      const options = await answer.json();
      const made = adding
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      credential.value = JSON.stringify(made);
      form.requestSubmit();
    } catch {
      // Closed by its owner, or the device has none for this portal.
      says.textContent = form.dataset.passkeyFailed;
    }
  });
}
