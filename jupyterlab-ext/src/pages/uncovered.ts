/** What JupyterLab and Forebay lay over everything while a person answers. */
const covers = '.jp-ModalCommandPalette:not(.lm-mod-hidden), .jp-Dialog, .fb-dialog';

export const isCovered = (): boolean => document.querySelector(covers) !== null;

/** Waits until no palette or dialog lies over the pages. A palette closes when the focus leaves it, and when a command runs. */
export function uncovered(): Promise<void> {
  if (!isCovered()) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (isCovered()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.body, { childList: true });
    // The palette stays where it is, and is hidden.
    for (const palette of document.querySelectorAll('.jp-ModalCommandPalette')) {
      observer.observe(palette, { attributes: true, attributeFilter: ['class'] });
    }
  });
}
