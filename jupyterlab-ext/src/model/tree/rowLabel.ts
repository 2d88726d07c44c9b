import { formatAgo } from '@forebay/core/api/text/moment';
import { formatBytes } from '@forebay/core/api/text/units';
import { levelSentence, olderSentence } from '@forebay/core/ui/level/level';
import type { Row } from './rows.ts';

/** A row in words, for screen readers: all that its signs say. `now` in milliseconds. */
export function rowLabel(row: Row, now: number): string {
  switch (row.kind) {
    case 'note':
      return row.text;
    case 'dataset': {
      const { name, latest } = row.dataset;
      if (!latest) return `${name}, no version yet`;
      return [
        name,
        formatBytes(latest.bytes),
        `latest v${latest.version}`,
        levelSentence(row.level),
        ...(row.older ? [olderSentence(row.older)] : []),
      ].join(', ');
    }
    case 'version': {
      const { version } = row;
      return [
        `v${version.version}`,
        ...(row.latest ? ['latest'] : []),
        ...version.tags,
        formatBytes(version.bytes),
        formatAgo(version.time, now),
        version.author,
        ...(version.message === '' ? [] : [version.message]),
        levelSentence(row.level),
      ].join(', ');
    }
  }
}
