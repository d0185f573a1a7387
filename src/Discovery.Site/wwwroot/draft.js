// Saves what is being written, some seconds after the last key, so that a closed window costs nothing. Without scripts there is a button for it.
const form = document.querySelector('form[data-draft]');
const says = form.querySelector('[data-draft-says]');
const quiet = 5000;
let timer = 0, stopped = false;

async function save() {
  const body = new FormData(form);
  // Files go with the buttons, once.
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  try {
    const answer = await fetch(`${location.pathname}?handler=Save`, { method: 'POST', body, headers: { accept: 'application/json' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const saved = await answer.json();
    form.elements.Draft.value = saved.id;
    form.elements.Version.value = saved.version;
    history.replaceState(null, '', `${location.pathname}?draft=${saved.id}&step=${form.elements.Step.value}`);
    says.textContent = saved.said;
  } catch {
    // Another window has saved the same draft, or there is no connection: what stands here is not thrown away, and nothing there is overwritten.
    says.textContent = says.dataset.failed;
    stopped = true;
  }
}

form.addEventListener('input', () => {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(save, quiet);
});
form.addEventListener('submit', () => { stopped = true; clearTimeout(timer); });
