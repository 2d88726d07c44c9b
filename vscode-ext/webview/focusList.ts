/** Milliseconds in which a page's list comes, if it has one. */
const patience = 5000;

/** Who opens a page goes on by keys in its list, unless something of it has the focus already. */
export function focusList(): void {
  const search = new MutationObserver(look);
  const end = setTimeout(() => search.disconnect(), patience);
  function look() {
    const list = document.querySelector<HTMLElement>(
      '.fb-root :is([role="grid"], [role="tree"])[tabindex="0"]',
    );
    const taken = document.activeElement !== document.body;
    if (!list && !taken) return;
    clearTimeout(end);
    search.disconnect();
    if (!taken && document.hasFocus()) list?.focus({ preventScroll: true });
  }
  search.observe(document.body, { childList: true, subtree: true });
  look();
}
