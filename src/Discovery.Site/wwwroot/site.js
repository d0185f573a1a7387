// Comfort only: every page works without this file.
document.documentElement.classList.add('js');

if (document.querySelector('[data-include]')) import('./include.js');
if (document.querySelector('form[data-ballot] [data-ballot-says]')) import('./ballot.js');
if (document.querySelector('[data-filter]')) import('./filter.js');
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
