import DOMPurify from 'dompurify';
import { marked } from 'marked';

/**
 * Without what asks for input or runs, without styles that could cover the page, without what fetches by itself or leads
 * away, and without `data-`: by one of these, a click on it would run any of JupyterLab's commands.
 */
const allowed = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: [
    'style',
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'iframe',
    'video',
    'audio',
    'object',
    'dialog',
    'area',
  ],
  FORBID_ATTR: ['style', 'class', 'id', 'srcset', 'background'],
  ALLOW_DATA_ATTR: false,
};

/**
 * Markdown as elements that are safe to show: no scripts, and no pictures, which would tell their servers who reads.
 * Those of the version itself keep their path in `data-path`.
 */
export function renderMarkdown(text: string, folder: string): DocumentFragment {
  const html = parsed(text);
  const fragment = DOMPurify.sanitize(html, { ...allowed, RETURN_DOM_FRAGMENT: true });
  for (const image of fragment.querySelectorAll('img')) {
    const path = pathWithin(folder, image.getAttribute('src') ?? '');
    image.removeAttribute('src');
    if (path === null) image.replaceWith(image.alt || 'picture from elsewhere');
    else image.dataset.path = path;
  }
  for (const link of fragment.querySelectorAll('a')) {
    if (/^https?:/i.test(link.getAttribute('href') ?? '')) {
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
    } else link.removeAttribute('href');
  }
  return fragment;
}

/** What nests deeper than its parser can follow is shown as it was written. */
function parsed(text: string): string {
  try {
    return marked.parse(text, { async: false, gfm: true });
  } catch {
    const pre = document.createElement('pre');
    pre.textContent = text;
    return pre.outerHTML;
  }
}

/** A relative address as a path within the version; null for any other. */
export function pathWithin(folder: string, address: string): string | null {
  if (address === '' || /^([a-z][a-z0-9+.-]*:|\/|#)/i.test(address)) return null;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of decoded(address.split(/[?#]/, 1)[0] ?? '').split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
