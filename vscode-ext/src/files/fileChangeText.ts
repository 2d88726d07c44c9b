import type { FileChange } from '@forebay/core/api/schemas';
import { formatAge } from '@forebay/core/api/text/moment';
import { formatBytes } from '@forebay/core/api/text/units';
import { say } from '../tree/row.ts';

const icons = { added: '$(diff-added)', changed: '$(diff-modified)', removed: '$(diff-removed)' } as const;

/** A version that changed a file, as one chooses it. */
export function changeChoice({ version, is, kind, size }: FileChange, now: number) {
  const tags = version.tags.join(', ');
  const what = say(is, kind === 'file' && formatBytes(size), kind === 'link' && 'link', tags);
  return {
    label: `${icons[is]} v${version.version}`,
    description: say(what, formatAge(version.time, now), version.author),
    ...(version.message === '' ? {} : { detail: version.message }),
  };
}
