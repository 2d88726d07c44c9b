import { formatAgo, formatMoment } from '../../src/api/text/moment.ts';
import { formatBytes } from '../../src/api/text/units.ts';
import type { GridColumn } from '../grid/column.ts';
import { LevelCell } from '../level/LevelCell.tsx';
import type { Places } from '../level/usePlaces.ts';
import { MiddleName } from '../parts/MiddleName.tsx';
import type { DatasetRow } from './datasetRows.ts';

const count = (value: number | undefined) => value?.toLocaleString('en-US') ?? '';

/** `now` in milliseconds. */
export function datasetColumns(
  places: Places,
  now: number,
  open: (name: string) => void,
): GridColumn<DatasetRow>[] {
  return [
    {
      ...{ id: 'name', title: 'Name', width: 180, grows: true },
      cell: ({ dataset: { name } }) => (
        <button type="button" tabIndex={-1} className="fb-text-button fb-open" onClick={() => open(name)}>
          <MiddleName name={name} />
        </button>
      ),
      hint: ({ dataset: { name, description } }) => [name, description].filter(Boolean).join('\n'),
    },
    {
      ...{ id: 'version', title: 'Newest', width: 84, numeric: true },
      cell: ({ dataset: { latest } }) => (latest ? `v${latest.version}` : 'none yet'),
      hint: ({ dataset: { latest } }) => latest?.message ?? '',
    },
    {
      ...{ id: 'cached', title: 'Cached', width: 128 },
      cell: ({ dataset: { name, latest }, caches }) => {
        const level = places.levelOf(name, latest?.version ?? 0);
        if (level.kind !== 'lake' || caches.length === 0)
          return <LevelCell level={level} parts={places.partsOf(name, latest?.version ?? 0)} />;
        return <span className="fb-dim">older on {caches.join(', ')}</span>;
      },
    },
    {
      ...{ id: 'size', title: 'Size', width: 88, numeric: true },
      cell: ({ dataset: { latest } }) => (latest ? formatBytes(latest.bytes) : ''),
    },
    {
      ...{ id: 'files', title: 'Files', width: 92, numeric: true, from: 720 },
      cell: ({ dataset: { latest } }) => count(latest?.files),
    },
    {
      ...{ id: 'changed', title: 'Changed', width: 96, numeric: true },
      cell: ({ dataset: { latest, created } }) => formatAgo(latest?.time ?? created, now),
      hint: ({ dataset: { latest, created } }) => formatMoment(latest?.time ?? created),
    },
    {
      ...{ id: 'author', title: 'Author', width: 104, from: 640 },
      cell: ({ dataset: { latest } }) => latest?.author ?? '',
    },
    {
      ...{ id: 'labels', title: 'Labels', width: 160, from: 900 },
      cell: ({ dataset: { labels } }) => (
        <span className="fb-tags">
          {labels.map((label) => (
            <span className="fb-tag" key={label}>
              <span className="fb-tag-name">{label}</span>
            </span>
          ))}
        </span>
      ),
      hint: ({ dataset: { labels } }) => labels.join(', '),
    },
    {
      ...{ id: 'used', title: 'Last used', width: 96, numeric: true, from: 820 },
      cell: ({ lastUsed }) => (lastUsed === null ? '' : formatAgo(lastUsed, now)),
      hint: ({ lastUsed }) => (lastUsed === null ? 'Never used from a cache' : formatMoment(lastUsed)),
    },
  ];
}
