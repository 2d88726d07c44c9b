import { useMemo, useState } from 'react';
import { formatRef } from '../../src/api/ref.ts';
import type { NotebookUse } from '../../src/api/schemas.ts';
import { formatMoment } from '../../src/api/text/moment.ts';
import { formatCount } from '../../src/api/text/units.ts';
import type { GridColumn } from '../grid/column.ts';
import { Grid } from '../grid/Grid.tsx';
import { sorted, sortOf } from '../grid/sort.ts';
import { useHost } from '../host.ts';
import { lineageView } from '../lineage/lineageView.ts';
import { useLive } from '../live/useLive.ts';
import { Icon } from '../parts/Icon.tsx';

/** Notebooks that used a dataset; nothing while none has. Opening one shows where its version came from. */
export function NotebookUses({ dataset }: { dataset: string }) {
  const host = useHost();
  const [sort, setSort] = useState('-last');
  const { value: uses } = useLive(
    ({ notebooks }) => notebooks.uses(dataset),
    ({ kind, subject }) => kind === 'run' || (kind === 'dataset' && subject === dataset),
    [dataset],
  );
  const rows = useMemo(() => {
    const { id, descending } = sortOf(sort);
    return sorted(uses ?? [], descending, (use) => values[id]?.(use) ?? null);
  }, [uses, sort]);
  if (rows.length === 0) return null;
  return (
    <section
      className="fb-notebook-uses"
      aria-label="Notebooks"
      style={{ height: (Math.min(rows.length, 8) + 1.5) * host.rowHeight + 32 }}
    >
      <h3>{formatCount(new Set(rows.map(({ notebook }) => notebook)).size, 'notebook')}</h3>
      <Grid<NotebookUse>
        label={`Notebooks that used ${dataset}`}
        rows={rows}
        columns={columns}
        keyOf={({ notebook, version, digest }) => `${notebook} ${version} ${digest}`}
        sort={sort}
        onSort={setSort}
        onOpen={({ version }) => host.open(lineageView(formatRef(dataset, version)))}
      />
    </section>
  );
}

const how: Record<NotebookUse['by'], string> = {
  mount: 'mounted',
  open: 'opened files',
  run: 'started a run',
};

const columns: GridColumn<NotebookUse>[] = [
  {
    ...{ id: 'name', title: 'Notebook', width: 160, grows: true },
    cell: ({ name }) => (
      <span className="fb-step-what">
        <Icon name="notebook" />
        <span className="fb-cell-text">{name}</span>
      </span>
    ),
    hint: ({ path, host }) => `${path}\non ${host}`,
  },
  { ...{ id: 'version', title: 'Version', width: 84, numeric: true }, cell: ({ version }) => `v${version}` },
  { ...{ id: 'by', title: 'How', width: 112 }, cell: ({ by }) => how[by] },
  { ...{ id: 'user', title: 'User', width: 96, from: 600 }, cell: ({ user }) => user },
  { ...{ id: 'host', title: 'Machine', width: 120, from: 760 }, cell: ({ host }) => host },
  {
    ...{ id: 'last', title: 'Last used', width: 120, numeric: true },
    cell: ({ last }) => formatMoment(last),
  },
];

const values: Record<string, (use: NotebookUse) => string | number> = {
  name: ({ name }) => name,
  version: ({ version }) => version,
  by: ({ by }) => how[by],
  user: ({ user }) => user,
  host: ({ host }) => host,
  last: ({ last }) => Date.parse(last),
};
