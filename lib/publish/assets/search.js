// Search through the whole book, from file:// as well: the index is a script,
// loaded when the reader first asks, and searched on this page.
(() => {
  const button = document.querySelector('.bar-search');
  button.hidden = false;

  const load = (address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = address;
      script.addEventListener('load', resolve);
      script.addEventListener('error', () => reject(new Error(`${address} cannot be read`)));
      document.head.append(script);
    });

  let index;
  const openIndex = async () => {
    await Promise.all([load('assets/minisearch.js'), load('assets/search-index.js')]);
    const entries = window.inkwellSearchIndex;
    const search = new window.MiniSearch({
      fields: ['title', 'words', 'text'],
      searchOptions: {
        boost: { title: 4, words: 3 },
        // What explains a word comes before what asks about it.
        boostDocument: (id) => entries[id].weight,
        prefix: true,
        fuzzy: (word) => (word.length > 4 ? 0.2 : 0),
        combineWith: 'AND',
      },
    });
    search.addAll(entries.map((entry, id) => ({ id, ...entry })));
    return (words) => search.search(words).map(({ id, terms }) => ({ ...entries[id], terms }));
  };

  const part = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className !== '') element.className = className;
    element.append(...children);
    return element;
  };

  /** The text around the first word that was found, with every such word marked. */
  const excerpt = ({ text, terms }) => {
    const found = new RegExp(
      terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
      'gi',
    );
    const first = Math.max(0, text.search(found));
    const from = first < 60 ? 0 : text.indexOf(' ', first - 60) + 1;
    const cut = text.slice(from, from + 180);
    const nodes = [from > 0 ? '… ' : ''];
    let end = 0;
    for (const match of cut.matchAll(found)) {
      nodes.push(cut.slice(end, match.index), part('mark', '', match[0]));
      end = match.index + match[0].length;
    }
    return part('span', 'search-excerpt', ...nodes, cut.slice(end), from + 180 < text.length ? ' …' : '');
  };

  const MOST = 12;
  const input = part('input', 'search-input');
  Object.assign(input, {
    type: 'text',
    inputMode: 'search',
    placeholder: 'Search the book',
    autocomplete: 'off',
    spellcheck: false,
  });
  input.setAttribute('aria-label', 'Search the book');
  const count = part('p', 'search-count');
  count.setAttribute('role', 'status');
  const results = part('ol', 'search-results');
  const dialog = part('dialog', 'search', input, count, results);
  dialog.setAttribute('aria-label', 'Search');
  document.body.append(dialog);

  const show = async () => {
    const words = input.value.trim();
    index ??= openIndex();
    const found = words === '' ? [] : (await index)(words);
    if (words !== input.value.trim()) return;
    const items = found.slice(0, MOST).map((entry) => {
      const link = part(
        'a',
        '',
        part('span', 'search-title', entry.title),
        part('span', 'search-chapter', entry.chapter),
      );
      link.href = entry.href;
      link.append(excerpt(entry));
      return part('li', '', link);
    });
    results.replaceChildren(...items);
    const places = found.length === 1 ? 'Found in one place.' : `Found in ${found.length} places.`;
    const told = found.length > MOST ? `${places} The best ${MOST}:` : places;
    count.textContent = words === '' ? '' : found.length === 0 ? 'Found nowhere.' : told;
  };
  input.addEventListener('input', () => show().catch((error) => console.warn(error)));

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    index ??= openIndex();
    index.catch((error) => console.warn(error));
  };
  button.addEventListener('click', open);
  addEventListener('keydown', (event) => {
    if (
      event.key.toLowerCase() !== 'k' ||
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      event.shiftKey
    )
      return;
    event.preventDefault();
    open();
  });

  const links = () => [...results.querySelectorAll('a')];
  dialog.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' && event.target === input) links()[0]?.click();
    if (step === undefined) return;
    event.preventDefault();
    const stops = [input, ...links()];
    stops[Math.min(stops.length - 1, Math.max(0, stops.indexOf(document.activeElement) + step))].focus();
  });
  // A click beside the dialog, or on a result, closes it.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target.closest('a') !== null) dialog.close();
  });
})();
