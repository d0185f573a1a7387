// j and k go to the next and the last thing in a queue, as in a mailbox. The links are there without this file.
const places = [...document.querySelectorAll('[data-queue] a')];

document.addEventListener('keydown', e => {
  // Letters that are typed are typed, and combinations belong to the browser.
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input, textarea, select, [contenteditable]')) return;
  // By the place of the key: people type Russian.
  const step = { KeyJ: 1, KeyK: -1 }[e.code];
  if (!step) return;
  places[places.findIndex(a => a.getAttribute('aria-current') === 'true') + step]?.click();
});
