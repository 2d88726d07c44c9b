import { formatAge, formatMoment } from '@forebay/core/api/text/moment';
import { formatBytes, formatCount } from '@forebay/core/api/text/units';
import { Gauge, LevelWord, Pin, Tags } from '@forebay/core/ui';
import { levelSentence } from '@forebay/core/ui/level/level';
import type { VersionRow } from '../model/tree/rows.ts';
import { RowActions } from './RowActions.tsx';

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

export interface VersionLineProps {
  row: VersionRow;
  active: boolean;
  now: number;
}

export function VersionLine({ row, active, now }: VersionLineProps) {
  const { version, level } = row;
  return (
    <span className="fb-line fb-line-version" title={titleOf(row)}>
      <span className="fb-version">v{version.version}</span>
      <span className="fb-what">
        {(row.latest || version.tags.length > 0) && <Tags latest={row.latest} names={version.tags} />}
        {version.message !== '' && <span className="fb-note">{version.message}</span>}
      </span>
      <span className="fb-aside">
        {row.authorTells && <span className="fb-author">{version.author}</span>}
        <span className="fb-size fb-number">{formatBytes(version.bytes)}</span>
        <span className="fb-age fb-number">{formatAge(version.time, now)}</span>
        <LevelWord level={level} />
      </span>
      <RowActions row={row} active={active} />
      <Pin level={level} />
      <Gauge level={level} />
    </span>
  );
}
