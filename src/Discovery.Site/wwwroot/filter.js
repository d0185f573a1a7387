// A box with data-filter="ID" hides the entries of the list #ID that do not hold the words.
export function start(root) {
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

start(document);
