// Comfort only: every page works without this file.
document.documentElement.classList.add('js');

if (document.querySelector('[data-include]')) import('./include.js');
if (document.querySelector('form[data-ballot] [data-ballot-says]')) import('./ballot.js');
if (document.querySelector('form[data-draft] [data-draft-says]')) import('./draft.js');
if (document.querySelector('[data-queue]')) import('./queue.js');
if (document.querySelector('form[data-passkey]')) import('./passkey.js');

// Errors are read first.
document.querySelector('.errsum')?.focus();

// A menu closes when one clicks elsewhere or presses Escape.
for (const menu of document.querySelectorAll('details.person')) {
  document.addEventListener('click', e => { if (!menu.contains(e.target)) menu.open = false; });
  menu.addEventListener('keydown', e => {
    if (e.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}

// A box with data-filter="ID" hides the entries of the list #ID that do not hold the words.
function filter(root) {
  for (const box of root.querySelectorAll('[data-filter]')) {
    const list = document.getElementById(box.dataset.filter);
    const input = box.querySelector('input');
    const says = box.querySelector('[role=status]');
    if (!list || !input) continue;
    box.hidden = false;

    const apply = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let found = 0;
      for (const entry of list.children) {
        const text = plain(entry.textContent);
        entry.hidden = !words.every(word => text.includes(word));
        if (!entry.hidden) found++;
      }
      if (says) says.textContent = words.length ? String(found) : '';
    };
    input.addEventListener('input', apply);
    // Enter would send the form that the list is part of.
    input.addEventListener('keydown', e => { if (e.key === 'Enter') e.preventDefault(); });
    list.addEventListener('filter', apply);
  }
}

const plain = text => text.toLowerCase().replaceAll('ё', 'е');

filter(document);
// Parts come later.
document.addEventListener('included', e => filter(e.target));
