import { useMemo, useState } from 'react';
import { runMetricTexts } from '../../src/api/run/runText.ts';
import type { Run } from '../../src/api/schemas.ts';
import { formatMoment } from '../../src/api/text/moment.ts';
import type { GridColumn } from '../grid/column.ts';
import { Grid } from '../grid/Grid.tsx';
import { sorted, sortOf } from '../grid/sort.ts';
import { useHost } from '../host.ts';
import { useList } from '../live/useList.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { StateIcon } from '../parts/StateIcon.tsx';
import { runView } from '../run/runView.ts';
import { runsSource } from '../runs/runsSource.ts';

/** Who used a dataset: the runs that read any of its versions. */
export function UsesTab({ dataset }: { dataset: string }) {
  const host = useHost();
  const [sort, setSort] = useState('-started');
  const filter = `dataset.name = '${dataset}'`;
  const { items, complete, failure, reload } = useList(
    runsSource(host.client, { experiment: '', filter, deleted: false }),
    [filter],
  );
  const columns = useMemo(() => columnsFor(dataset, (run) => host.open(runView(run.id))), [dataset, host]);
  const rows = useMemo(() => {
    const { id, descending } = sortOf(sort);
    return sorted(items, descending, (run) => values[id]?.(run, dataset) ?? null);
  }, [items, sort, dataset]);
  if (failure && rows.length === 0) return <FailureFace failure={failure} onRetry={reload} known={false} />;
  if (rows.length === 0) {
    return complete ? (
      <EmptyFace title="No run read it yet">
        <p className="fb-dim">A run names its data, and records what came of it. In a terminal:</p>
        <pre className="fb-code">{`forebay run --data ${dataset} -- python train.py`}</pre>
      </EmptyFace>
    ) : (
      <Skeleton label="Reading runs" />
    );
  }
  return (
    <Grid<Run>
      label={`Runs that used ${dataset}`}
      rows={rows}
      columns={columns}
      keyOf={({ id }) => id}
      sort={sort}
      onSort={setSort}
      onOpen={({ id }) => host.open(runView(id))}
    />
  );
}

const dataOf = ({ datasets }: Run, name: string) => datasets.find((each) => each.name === name);

export function columnsFor(dataset: string, open: (run: Run) => void): GridColumn<Run>[] {
  return [
    {
      ...{ id: 'name', title: 'Run', width: 160, grows: true },
      cell: (run) => (
        <span className="fb-step-what">
          <StateIcon state={run.state} />
          <button type="button" tabIndex={-1} className="fb-text-button fb-open" onClick={() => open(run)}>
            {run.name}
          </button>
        </span>
      ),
      hint: ({ name, state }) => `${name}, ${state}`,
    },
    {
      ...{ id: 'version', title: 'Version', width: 84, numeric: true },
      cell: (run) => {
        const version = dataOf(run, dataset)?.version;
        return version === null || version === undefined ? '' : `v${version}`;
      },
    },
    {
      ...{ id: 'cache', title: 'From', width: 112 },
      cell: (run) => dataOf(run, dataset)?.cache ?? '',
      hint: (run) => (dataOf(run, dataset)?.cache ? 'The cache that it read' : 'Which cache is not known'),
    },
    { ...{ id: 'user', title: 'User', width: 96, from: 600 }, cell: ({ user }) => user },
    {
      ...{ id: 'experiment', title: 'Experiment', width: 120, from: 760 },
      cell: ({ experiment }) => experiment.name,
    },
    {
      ...{ id: 'metric', title: 'Metrics', unsorted: true, width: 200, from: 900 },
      cell: (run) =>
        runMetricTexts(run)
          .slice(0, 2)
          .map(([key, text]) => `${key} ${text}`)
          .join(', '),
    },
    {
      ...{ id: 'started', title: 'Started', width: 120, numeric: true },
      cell: ({ started }) => formatMoment(started),
    },
  ];
}

export const values: Record<string, (run: Run, dataset: string) => string | number | null> = {
  name: ({ name }) => name,
  version: (run, dataset) => dataOf(run, dataset)?.version ?? null,
  cache: (run, dataset) => dataOf(run, dataset)?.cache ?? null,
  user: ({ user }) => user,
  experiment: ({ experiment }) => experiment.name,
  started: ({ started }) => Date.parse(started),
};
