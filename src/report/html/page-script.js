/*
 * The page's script: shows one page at a time, filters the ladder, moves with the keyboard, switches the theme.
 * Contract: all of it is a convenience; without it the file is one long document that can be read and printed.
 */
const root = document.documentElement;
const overview = /** @type {HTMLElement} */ (document.getElementById('overview'));
const filter = /** @type {HTMLInputElement | null} */ (document.getElementById('filter'));
const title = document.title;

/** @returns {HTMLElement} */
const currentPage = () => document.querySelector('.page.current') ?? overview;

/** @param {string} hash */
const findTarget = (hash) => {
  const id = hash.slice(1);
  if (id === '') return null;
  const found = document.getElementById(id);
  if (found) return found;
  try {
    return document.getElementById(decodeURIComponent(id));
  } catch {
    return null;
  }
};

/** Shows the page that the address asks for. @param {boolean} focus */
const route = (focus) => {
  const target = findTarget(location.hash);
  const page = /** @type {HTMLElement} */ (target?.closest('.page') ?? overview);
  const before = currentPage();
  before.classList.remove('current');
  page.classList.add('current');
  // What the address names may stand inside of something closed.
  for (let part = target; part && part !== page; part = part.parentElement)
    if (part instanceof HTMLDetailsElement) part.open = true;
  const heading = page.querySelector('h2[tabindex], h1');
  document.title = page === overview ? title : `${heading?.textContent.trim() ?? ''} – ${title}`;
  for (const link of document.querySelectorAll('.top-bar nav a'))
    link.toggleAttribute('aria-current', link.getAttribute('href') === `#${page.id}`);
  if (target && target !== page) target.scrollIntoView({ behavior: 'instant', block: 'start' });
  else if (page !== before) scrollTo({ top: 0, behavior: 'instant' });
  if (!focus) return;
  if (page === overview && before.classList.contains('claim')) {
    /** @type {HTMLElement | null} */ (
      document.querySelector(`.claim-row a[href="#${CSS.escape(before.id)}"]`)
    )?.focus();
  } else if (page !== before && heading instanceof HTMLElement) heading.focus({ preventScroll: true });
};

/** Rows of the ladder that the filter leaves. @returns {HTMLAnchorElement[]} */
const shownLinks = () =>
  [...document.querySelectorAll('.claim-row:not([hidden]) th a')].filter(
    (a) => a instanceof HTMLAnchorElement,
  );

const applyFilter = () => {
  if (!filter) return;
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  let all = 0;
  for (const group of document.querySelectorAll('.ladder tbody')) {
    let any = false;
    const module = group.querySelector('.group')?.textContent.toLowerCase() ?? '';
    for (const row of group.querySelectorAll('.claim-row')) {
      const text = `${module} ${row.textContent.toLowerCase()}`;
      const fits = words.every((word) => text.includes(word));
      row.toggleAttribute('hidden', !fits);
      any ||= fits;
      all += 1;
      if (fits) shown += 1;
    }
    group.toggleAttribute('hidden', !any);
  }
  const matches = document.getElementById('matches');
  if (matches) matches.textContent = words.length === 0 ? '' : `${shown} of ${all}`;
};

/** To the next or the previous claim: a row of the ladder, or a page. @param {1 | -1} step */
const move = (step) => {
  if (currentPage() !== overview) {
    const link = currentPage().querySelector(`a[rel=${step === 1 ? 'next' : 'prev'}]`);
    if (link instanceof HTMLAnchorElement) link.click();
    return;
  }
  const links = shownLinks();
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at < 0 ? links.at(step === 1 ? 0 : -1) : links[at + step];
  next?.focus();
};

const leave = () => {
  if (filter && document.activeElement === filter) {
    if (filter.value === '') filter.blur();
    filter.value = '';
    applyFilter();
  } else if (currentPage() !== overview) location.hash = '#overview';
};

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    leave();
    return;
  }
  const { activeElement } = document;
  const inLadder = activeElement?.closest('.claim-row') != null;
  if (activeElement === filter) {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    shownLinks()[0]?.focus();
  } else if (event.key === '/' && filter) {
    event.preventDefault();
    if (currentPage() !== overview) location.hash = '#overview';
    // The address changes at once, the page with the event after it.
    setTimeout(() => {
      filter.focus();
      filter.select();
    });
  } else if (event.key === 'j' || (inLadder && event.key === 'ArrowDown')) {
    event.preventDefault();
    move(1);
  } else if (event.key === 'k' || (inLadder && event.key === 'ArrowUp')) {
    event.preventDefault();
    move(-1);
  }
});

const theme = document.getElementById('theme');
const isDark = () =>
  (root.dataset['theme'] ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) ===
  'dark';
const showTheme = () => {
  if (!theme) return;
  theme.textContent = isDark() ? 'Light' : 'Dark';
};
try {
  const kept = localStorage.getItem('workbench-theme');
  if (kept === 'dark' || kept === 'light') root.dataset['theme'] = kept;
} catch {
  // A file that was opened from a disk may have no storage.
}
theme?.addEventListener('click', () => {
  const next = isDark() ? 'light' : 'dark';
  root.dataset['theme'] = next;
  try {
    localStorage.setItem('workbench-theme', next);
  } catch {
    // As above: it holds until the page is closed.
  }
  showTheme();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showTheme);
filter?.addEventListener('input', applyFilter);
addEventListener('hashchange', () => {
  route(true);
});

applyFilter();
showTheme();
route(false);
