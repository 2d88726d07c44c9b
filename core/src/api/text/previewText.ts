import type { SyncPreview } from '../schemas.ts';
import { formatBytes } from './units.ts';

const signs = { added: '+', changed: '~', removed: '−' } as const;
const kinds = ['added', 'changed', 'removed'] as const;

/** '+3 added (1.2 MB), ~1 changed (3.0 kB)'; '' where nothing changed. */
export function previewSentence(preview: Pick<SyncPreview, (typeof kinds)[number]>): string {
  return kinds
    .filter((kind) => preview[kind].files > 0)
    .map((kind) => {
      const { files, bytes } = preview[kind];
      return `${signs[kind]}${files.toLocaleString('en-US')} ${kind} (${formatBytes(bytes)})`;
    })
    .join(', ');
}
