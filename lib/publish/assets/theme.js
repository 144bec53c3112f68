// Before the page is drawn: the theme that the reader chose last time.
(() => {
  try {
    const theme = localStorage.getItem('inkwell-theme');
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  } catch {
    // Some browsers give files no storage: then the system decides.
  }
})();
