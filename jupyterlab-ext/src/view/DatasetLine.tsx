import { formatBytes } from '@forebay/core/api/text/units';
import { Gauge, LevelWord, MiddleName, Pin } from '@forebay/core/ui';
import { levelSentence, olderSentence } from '@forebay/core/ui/level/level';
import { caretDownIcon, caretRightIcon, type LabIcon } from '@jupyterlab/ui-components';
import type { DatasetRow } from '../model/tree/rows.ts';

function titleOf({ dataset, level, older }: DatasetRow): string {
  const latest = dataset.latest
    ? `latest v${dataset.latest.version}: ${levelSentence(level).toLowerCase()}`
    : 'no version yet';
  return [dataset.name, dataset.description, latest, older && olderSentence(older)]
    .filter(Boolean)
    .join('\n');
}

export function DatasetLine({ row }: { row: DatasetRow }) {
  const caret: LabIcon = row.expanded ? caretDownIcon : caretRightIcon;
  const { latest, name } = row.dataset;
  return (
    <span className="fb-line fb-line-dataset" title={titleOf(row)}>
      <caret.react tag="span" className="fb-icon fb-caret" />
      <MiddleName name={name} />
      <span className="fb-end">
        {row.level.kind === 'filling' && <LevelWord level={row.level} />}
        {row.older && <span className="fb-word fb-word-older">v{row.older.version} cached</span>}
        <span className="fb-number">{latest ? formatBytes(latest.bytes) : 'no version'}</span>
      </span>
      <Pin level={row.level} />
      <Gauge level={row.level} partly={row.older !== null} />
    </span>
  );
}
