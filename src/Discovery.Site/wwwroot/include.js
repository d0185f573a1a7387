// <section data-include><a href="URL">...</a></section>: the page behind the link comes in place of the link.
// The link stays when that service is away.
async function include(section) {
  const link = section.querySelector('a[href]');
  const url = new URL(link.href);
  if (url.origin !== location.origin) return;
  url.searchParams.set('part', '');
  section.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(url, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(8000) });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    section.innerHTML = await answer.text();
    section.dispatchEvent(new Event('included', { bubbles: true }));
  } catch {
    section.insertAdjacentHTML('beforeend', '<p class="soft small" role="status"></p>');
    section.lastElementChild.textContent = document.body.dataset.away;
  }
  section.removeAttribute('aria-busy');
}

for (const section of document.querySelectorAll('[data-include]')) include(section);
