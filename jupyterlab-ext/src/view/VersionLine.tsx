import { formatBytes, formatCount } from '@forebay/core/api/units';
import { levelSentence } from '../model/level.ts';
import type { VersionRow } from '../model/rows.ts';
import { formatAge, formatMoment } from '../model/text.ts';
import { Gauge } from './Gauge.tsx';
import { LevelWord } from './LevelWord.tsx';
import { Pin } from './Pin.tsx';

function titleOf({ key, version, level }: VersionRow): string {
  const lines = [
    key,
    version.message,
    `${formatBytes(version.bytes)}, ${formatCount(version.files, 'file')}`,
    `${version.author}, ${formatMoment(version.time)}`,
    levelSentence(level),
  ];
  return lines.filter(Boolean).join('\n');
}

export function VersionLine({ row, now }: { row: VersionRow; now: number }) {
  const { version, level } = row;
  return (
    <span className="fb-line fb-line-version" title={titleOf(row)}>
      <span className="fb-version">v{version.version}</span>
      <span className="fb-tags">
        {row.latest && <span className="fb-tag fb-tag-latest">latest</span>}
        {version.tags.map((tag) => (
          <span className="fb-tag" key={tag}>
            {tag}
          </span>
        ))}
      </span>
      <span className="fb-author">{version.author}</span>
      <span className="fb-size fb-number">{formatBytes(version.bytes)}</span>
      <span className="fb-age fb-number">{formatAge(version.time, now)}</span>
      <LevelWord level={level} />
      <Pin level={level} />
      <Gauge level={level} />
    </span>
  );
}
