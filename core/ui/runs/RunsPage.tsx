import { useEffect, useMemo, useRef, useState } from 'react';
import type { Run } from '../../src/api/schemas.ts';
import { compareView } from '../compare/compareView.ts';
import { useHost } from '../host.ts';
import { useList } from '../live/useList.ts';
import { useNow } from '../live/useNow.ts';
import { useStable } from '../live/useStable.ts';
import { type Done, failed } from '../parts/done.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { UndoBar } from '../parts/UndoBar.tsx';
import { runView } from '../run/runView.ts';
import { arrange, findRuns } from './arrange.ts';
import { changeRuns, type RunVerb } from './changeRuns.ts';
import { columnsOf, usualColumns } from './columns.ts';
import { exportCsv, exportParquet } from './exportRuns.ts';
import { RunsTable } from './RunsTable.tsx';
import { RunsToolbar } from './RunsToolbar.tsx';
import { readRuns, runsSource } from './runsSource.ts';
import type { TableView } from './runsView.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { sparkSize } from './Sparkline.tsx';

/** All runs in a table: found, sorted, grouped, chosen, and kept true. */
export function RunsPage({ view, onChange }: { view: TableView; onChange: (view: TableView) => void }) {
  const host = useHost();
  const { experiment, filter, shown } = view;
  const deleted = shown === 'deleted';
  const source = runsSource(host.client, { experiment, filter, deleted });
  const { items: runs, complete, failure, reload } = useList(source, [experiment, filter, deleted]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState<Done | null>(null);
  const lastTicked = useRef('');
  useEffect(() => host.title(experiment === '' ? 'Runs' : `Runs of ${experiment}`), [host, experiment]);
  const anyRuns = runs.some(({ state }) => state === 'running');
  const now = useNow(anyRuns ? 1000 : null);

  const columns = useMemo(() => columnsOf(runs), [runs]);
  const ids = useMemo(() => view.columns ?? usualColumns(columns, runs), [view.columns, columns, runs]);
  const spark = ids.find((id) => id.startsWith('metric:')) ?? '';
  const chosen = useMemo(
    () =>
      ids.flatMap((id) => {
        const column = columns.find((each) => each.id === id);
        if (!column) return [];
        return id === spark ? [{ ...column, width: column.width + sparkSize.width + 8 }] : [column];
      }),
    [ids, columns, spark],
  );
  const { search, sort, group } = view;
  // `now` moves durations on.
  const rows = useMemo(
    () => arrange(runs, columns, { search, shown, sort, group, folded }),
    [runs, columns, search, shown, sort, group, folded, now],
  );
  const inTable = useMemo(() => rows.flatMap((row) => (row.kind === 'run' ? [row.run] : [])), [rows]);
  const found = useMemo(() => findRuns(runs, { search, shown }), [runs, search, shown]);
  // Of those that are in the table: nothing happens to runs that nobody sees.
  const selected = useMemo(() => found.filter(({ id }) => ticked.has(id)), [found, ticked]);
  const seen = useExperiments(runs, experiment);

  const change = (some: Partial<TableView>) => onChange({ ...view, ...some });
  const say = (error: unknown) => setDone(failed(error));
  const tick = useStable((run: Run, range: boolean) => {
    const next = new Set(ticked);
    const from = inTable.findIndex(({ id }) => id === lastTicked.current);
    const to = inTable.findIndex(({ id }) => id === run.id);
    const on = !ticked.has(run.id);
    const all = range && from >= 0 ? inTable.slice(Math.min(from, to), Math.max(from, to) + 1) : [run];
    for (const { id } of all) on ? next.add(id) : next.delete(id);
    lastTicked.current = run.id;
    setTicked(next);
  });
  const open = useStable(({ id }: Run) => host.open(runView(id)));
  const act = async (verb: RunVerb) => {
    setTicked(new Set());
    await changeRuns(host.client, verb, selected, say).then(setDone, say);
  };
  const allOfThem = async () => {
    setDone({ text: 'Reading all runs before they are exported.' });
    const all = findRuns(await readRuns(source), { search, shown });
    setDone(null);
    return all;
  };
  const exportAs = async (kind: 'CSV' | 'Parquet') => {
    try {
      const which = selected.length > 0 ? selected : complete ? found : await allOfThem();
      const bytes = kind === 'CSV' ? exportCsv(which) : exportParquet(which);
      await host.save(`runs.${kind.toLowerCase()}`, bytes);
    } catch (error) {
      say(error);
    }
  };
  const wrong = failure?.error.code === 'bad-request' ? failure.error : null;

  return (
    <div className="fb-page fb-runs-page">
      <RunsToolbar
        view={view}
        onChange={change}
        experiments={seen}
        columns={columns}
        shown={ids}
        wrong={wrong}
      />
      {wrong && <p className="fb-problem fb-toolbar-note">{wrong.message}</p>}
      {failure && !wrong && <FailureFace failure={failure} onRetry={reload} known={runs.length > 0} />}
      <SelectionBar
        {...{ selected, complete, shown }}
        count={found.length}
        total={runs.length}
        on={{
          compare: () => host.open(compareView(selected.map(({ id }) => id))),
          act: (verb) => void act(verb),
          clear: () => setTicked(new Set()),
          exportAs: (kind) => void exportAs(kind),
          link: () => void host.link(view).then(host.copy, say),
        }}
      />
      {rows.length > 0 ? (
        <RunsTable
          {...{ rows, sort, now }}
          spark={spark.slice('metric:'.length)}
          columns={chosen}
          selected={ticked}
          onSelect={tick}
          onSort={(next) => change({ sort: next })}
          onOpen={open}
          onToggleGroup={(key) => setFolded(toggled(folded, key))}
          onMoveColumn={(moved, place) => change({ columns: movedTo(ids, moved, place) })}
        />
      ) : complete ? (
        <Nothing
          view={view}
          any={runs.length > 0}
          onClear={() => change({ search: '', filter: '', shown: 'active', experiment: '' })}
        />
      ) : (
        !failure && <Skeleton label="Reading runs" />
      )}
      {done && <UndoBar done={done} onGone={() => setDone(null)} />}
    </div>
  );
}

/** Of all runs that were ever seen here: choosing one doesn't take the others from the choice. */
function useExperiments(runs: readonly Run[], chosen: string): string[] {
  const seen = useRef(new Set<string>());
  for (const { experiment } of runs) seen.current.add(experiment.name);
  if (chosen !== '') seen.current.add(chosen);
  return [...seen.current].sort();
}

function Nothing({ view, any, onClear }: { view: TableView; any: boolean; onClear: () => void }) {
  const narrowed = any || view.search !== '' || view.filter !== '' || view.experiment !== '';
  if (narrowed || view.shown !== 'active') {
    return (
      <EmptyFace title={`No ${view.shown === 'active' ? '' : `${view.shown} `}run is like that`}>
        <div className="fb-buttons">
          <button type="button" className="fb-button" onClick={onClear}>
            Show all runs
          </button>
        </div>
      </EmptyFace>
    );
  }
  return (
    <EmptyFace title="No runs yet">
      <p className="fb-dim">A run records itself: data, code, parameters, metrics, output. In a terminal:</p>
      <pre className="fb-code">forebay run --data NAME -- python train.py</pre>
      <p className="fb-dim">In a notebook:</p>
      <pre className="fb-code">{'%load_ext forebay\n\n%%forebay run'}</pre>
    </EmptyFace>
  );
}

function toggled(set: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** The moved one takes the other's place. */
function movedTo(ids: readonly string[], moved: string, place: string): string[] {
  if (!ids.includes(moved)) return [...ids];
  const rest = ids.filter((id) => id !== moved);
  rest.splice(ids.indexOf(place), 0, moved);
  return rest;
}
