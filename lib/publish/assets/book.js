// What a page gains when scripts run: the theme button, copy buttons, the
// current section in the contents, folded parts that open when they are linked
// to or printed. Without scripts everything can still be read.
(() => {
  const root = document.documentElement;

  // Theme.
  const isDark = () =>
    root.dataset.theme === undefined
      ? matchMedia('(prefers-color-scheme: dark)').matches
      : root.dataset.theme === 'dark';
  const themeButton = document.querySelector('.bar-theme');
  const showTheme = () => themeButton.setAttribute('aria-pressed', String(isDark()));
  themeButton.hidden = false;
  showTheme();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showTheme);
  themeButton.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    showTheme();
    try {
      localStorage.setItem('inkwell-theme', root.dataset.theme);
    } catch {
      // Not kept: the choice holds for this page.
    }
    dispatchEvent(new Event('inkwell-theme'));
  });

  // Copy buttons.
  const copyText = async (text) => {
    if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text);
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  };
  const addCopyButton = (block) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      try {
        await copyText(block.textContent);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'Not allowed';
      }
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 1600);
    });
    const frame = document.createElement('div');
    frame.className = 'code-frame';
    block.replaceWith(frame);
    frame.append(block, button);
  };
  for (const block of document.querySelectorAll('main pre.code')) addCopyButton(block);

  const SCROLLING = 'pre.code, pre.text, .table, .formula-display, .outputs [style*="overflow"]';
  // A scrolling block must be reachable by keyboard, others need no extra stop.
  const addScrollStops = () => {
    for (const block of document.querySelectorAll(SCROLLING)) {
      if (block.scrollWidth > block.clientWidth + 1 || block.scrollHeight > block.clientHeight + 1)
        block.tabIndex = 0;
      else block.removeAttribute('tabindex');
    }
  };
  addEventListener('load', addScrollStops);
  addEventListener('resize', addScrollStops);
  // What was folded has a width only now.
  document.addEventListener('toggle', addScrollStops, { capture: true });

  const contents = document.getElementById('page-contents');

  // The current section.
  const links = new Map();
  for (const link of document.querySelectorAll('.sections a')) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading !== null) links.set(heading, link);
  }
  const showSection = () => {
    let current;
    for (const heading of links.keys()) if (heading.getBoundingClientRect().top < 140) current = heading;
    for (const [heading, link] of links) {
      if (heading === current) link.setAttribute('aria-current', 'location');
      else link.removeAttribute('aria-current');
    }
  };
  let isWaiting = false;
  const showSectionSoon = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      showSection();
    });
  };
  addEventListener('scroll', showSectionSoon, { passive: true });
  showSection();

  // In a long book the contents start at the chapter that is open.
  const here = contents?.querySelector('[aria-current="page"]');
  if (here) contents.scrollTop = Math.max(0, here.offsetTop - contents.clientHeight / 3);

  // The contents as a popover close once a link in them is followed.
  contents?.addEventListener('click', (event) => {
    if (event.target.closest('a') !== null && contents.matches(':popover-open')) contents.hidePopover();
  });

  // Folded parts.
  const openAround = (id) => {
    let part = id === '' ? null : document.getElementById(id);
    const target = part;
    for (; part !== null; part = part.parentElement) if (part.tagName === 'DETAILS') part.open = true;
    target?.scrollIntoView();
  };
  const openTarget = () => openAround(decodeURIComponent(location.hash.slice(1)));
  addEventListener('hashchange', openTarget);
  if (location.hash !== '') openTarget();
  // A cited work, shown beside its citation while that has the pointer or the focus.
  let preview;
  let shown;
  let dismissed;
  const hidePreview = () => {
    preview?.remove();
    preview = undefined;
  };
  const showPreview = (citation) => {
    const entry = document.getElementById(decodeURIComponent(citation.hash.slice(1)));
    if (entry === null || citation === dismissed) return;
    hidePreview();
    shown = citation;
    preview = document.createElement('div');
    preview.className = 'cite-preview';
    preview.setAttribute('role', 'tooltip');
    preview.textContent = entry.querySelector('.references-entry').textContent;
    document.body.append(preview);
    const place = citation.getBoundingClientRect();
    const right = document.documentElement.clientWidth - preview.offsetWidth - 16;
    preview.style.left = `${Math.max(16, Math.min(place.left, right)) + scrollX}px`;
    preview.style.top = `${place.bottom + scrollY}px`;
  };
  // It stays while the pointer is on it, and goes with Escape.
  document.addEventListener('mouseover', ({ target }) => {
    const citation = target.closest('a.citation');
    if (citation !== dismissed) dismissed = undefined;
    if (citation !== null) showPreview(citation);
    else if (target.closest('.cite-preview') === null) hidePreview();
  });
  document.addEventListener('focusin', ({ target }) => {
    dismissed = undefined;
    if (target.matches('a.citation:focus-visible')) showPreview(target);
    else hidePreview();
  });
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || preview === undefined) return;
    // Not again until the pointer has been elsewhere.
    dismissed = shown;
    hidePreview();
  });
  addEventListener('hashchange', hidePreview);

  // Everything folded at once: what is open is printed, too.
  const opener = document.querySelector('.open-all');
  const parts = () => [...document.querySelectorAll('.chapter details:not(.fold-code)')];
  if (opener !== null && parts().length > 0) {
    opener.hidden = false;
    opener.addEventListener('click', () => {
      const isOpen = opener.getAttribute('aria-pressed') === 'true';
      for (const part of parts()) part.open = !isOpen;
      opener.setAttribute('aria-pressed', String(!isOpen));
    });
  }
})();
