// The ballot list without a round trip: arrows, place, dragging, adding, removing. The markup is that of <ballot-row>;
// the hidden "order" fields are sent as they stand, so the server sees the same as without this script.
const form = document.querySelector('form[data-ballot]');
const mine = form.querySelector('.bal:not(.bal--un)');
const rest = form.querySelector('.bal--un');
const says = form.querySelector('[data-ballot-says]');
const max = Number(form.dataset.max) || Infinity;
const { moved, added, removed, full, count, tie } = says.dataset;

const put = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i]);
const rows = () => [...mine.children];
const titleOf = row => row.querySelector('.b__t').textContent;
const icon = name => form.querySelector(`template[data-icon="${name}"]`).content.cloneNode(true);
const tell = text => { says.textContent = text; };

function element(tag, attributes, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

const named = (word, id) => ({ 'aria-labelledby': `b-${word} t${id}` });
const button = (name, value, word, id, sign = word) => element('button', { class: 'ib', name, value, ...named(word, id) }, icon(sign));

function toMine(row) {
  const { id } = row.dataset;
  const row2 = element('li', { class: 'b b--my', 'data-id': id },
    element('span', { class: 'grip', 'aria-hidden': 'true' }, icon('grip')),
    element('span', { class: 'b__n' }),
    element('div', {},
      element('span', { class: 'row nowrap' }, row.querySelector('.hex'), row.querySelector('.b__t')),
      ...(tie ? [element('label', { class: 'b__e' }, element('input', { type: 'checkbox', name: 'tie', value: id, ...named('tie', id) }), tie)] : [])),
    element('span', { class: 'b__c' },
      element('select', { name: 'pos' + id, ...named('place', id) }),
      button('move', id + ':up', 'up', id),
      button('move', id + ':down', 'down', id),
      button('move', id + ':out', 'out', id, 'x')),
    element('input', { type: 'hidden', name: 'order', value: id }));
  row.remove();
  mine.append(row2);
  return row2;
}

function toRest(row) {
  const { id } = row.dataset;
  const row2 = element('li', { class: 'b b--un', 'data-id': id },
    row.querySelector('.hex'), row.querySelector('.b__t'), button('add', id, 'add', id, 'plus'));
  row.remove();
  rest.prepend(row2);
  return row2;
}

// Numbers, ends and selects follow from the order of the rows.
function sync() {
  const all = rows();
  all.forEach((row, i) => {
    row.querySelector('.b__n').textContent = i > 0 && row.querySelector('[name=tie]')?.checked ? '=' : i + 1;
    const select = row.querySelector('select');
    select.replaceChildren(...all.map((_, j) => new Option(j + 1, j + 1, j === i, j === i)));
    for (const [end, at] of [['up', 0], ['down', all.length - 1]]) {
      const arrow = row.querySelector(`[value$=":${end}"]`);
      if (i === at) arrow.setAttribute('aria-disabled', 'true'); else arrow.removeAttribute('aria-disabled');
    }
  });
  for (const number of form.querySelectorAll('[data-ballot-count]')) number.textContent = put(count, all.length, max);
  for (const slot of form.querySelectorAll('[data-ballot-slot]')) slot.hidden = all.length >= max;
  rest.dispatchEvent(new Event('filter'));
}

function moveTo(row, index) {
  const all = rows();
  index = Math.max(0, Math.min(index, all.length - 1));
  if (all[index] === row) return;
  const others = all.filter(r => r !== row);
  mine.insertBefore(row, others[index] ?? null);
  sync();
  tell(put(moved, titleOf(row), index + 1, all.length));
}

form.addEventListener('click', event => {
  const pressed = event.target.closest('button[name=move],button[name=add]');
  if (!pressed) return;
  event.preventDefault();
  const row = pressed.closest('.b');
  if (pressed.name === 'add') {
    if (rows().length >= max) { tell(put(full, max)); return; }
    const title = titleOf(row), next = row.nextElementSibling ?? row.previousElementSibling;
    toMine(row);
    sync();
    tell(put(added, title, rows().length, rows().length));
    next?.querySelector('button').focus({ preventScroll: true });
    return;
  }
  const where = pressed.value.split(':')[1], at = rows().indexOf(row);
  if (where === 'out') {
    const title = titleOf(row), next = row.nextElementSibling ?? row.previousElementSibling;
    // Whoever was equal to the one that goes is not equal to the one above it.
    const equal = row.nextElementSibling?.querySelector('[name=tie]');
    if (equal && (at === 0 || !row.querySelector('[name=tie]').checked)) equal.checked = false;
    const back = toRest(row);
    sync();
    tell(put(removed, title));
    (next?.querySelector('[value$=":out"]') ?? back.querySelector('button')).focus({ preventScroll: true });
  } else {
    moveTo(row, at + (where === 'up' ? -1 : 1));
    pressed.focus({ preventScroll: true });
  }
});

form.addEventListener('change', event => {
  if (event.target.matches('[name=tie]')) sync();
  if (!event.target.matches('.b--my select')) return;
  moveTo(event.target.closest('.b'), Number(event.target.value) - 1);
  event.target.focus({ preventScroll: true });
});

// Enter in a select or on a link must not press the first arrow of the page.
form.addEventListener('keydown', event => {
  if (event.key === 'Enter' && event.target.matches('select,input:not([type=submit])')) event.preventDefault();
});

// A browser that puts back what was chosen before a reload does not know that the rows have another order now.
sync();

await import('./sortable.js');
globalThis.Sortable?.create(mine, {
  handle: '.grip', animation: 120, ghostClass: 'b--ghost', dragClass: 'b--lift', forceFallback: true, fallbackOnBody: false,
  onEnd: ({ item, oldIndex, newIndex }) => {
    if (oldIndex === newIndex) return;
    sync();
    tell(put(moved, titleOf(item), newIndex + 1, rows().length));
  },
});
