import type { WorkingCopyStatus } from '@forebay/core/api/schemas';
import type { DirListing } from '@jupyterlab/filebrowser';

type Item = WorkingCopyStatus['items'][number];

const letters: Record<Item['is'], string> = { added: 'A', changed: 'M', removed: 'D', ignored: '' };

/** What an item's mark says, or nothing. */
export function markOf(item: Item | undefined): { letter: string; title: string } | null {
  if (!item) return null;
  const { is, count } = item;
  if (is === 'ignored') return { letter: '', title: 'Ignored: left out of versions' };
  const what =
    is === 'added'
      ? 'Not in the version yet'
      : is === 'changed'
        ? 'Changed since the version'
        : 'Removed below';
  return {
    letter: count > 1 ? String(count) : letters[is],
    title: count > 1 ? `${what}: ${count} paths` : what,
  };
}

/**
 * Shows beside each item of JupyterLab's listing what became of it. The listing draws items anew as it scrolls and sorts,
 * so its renderer is asked each time.
 */
export function markItems(listing: DirListing, itemOf: (name: string) => Item | undefined): void {
  const { renderer } = listing;
  const draw = renderer.updateItemNode.bind(renderer);
  renderer.updateItemNode = (node, model, ...rest) => {
    draw(node, model, ...rest);
    mark(node, itemOf(model.name));
  };
}

function mark(node: HTMLElement, item: Item | undefined): void {
  const known = node.querySelector('.fb-mark');
  const said = markOf(item);
  node.classList.toggle('fb-ignored', item?.is === 'ignored');
  if (!said || !item) {
    known?.remove();
    return;
  }
  const place = known ?? document.createElement('span');
  place.className = `fb-mark fb-${item.is}`;
  place.textContent = said.letter;
  place.setAttribute('title', said.title);
  place.setAttribute('aria-label', said.title);
  place.setAttribute('role', 'img');
  if (!known) node.querySelector('.jp-DirListing-itemName')?.append(place);
}
