import { own } from '../../src/api/own.ts';
import { tellingMetrics } from '../../src/api/run/metricOrder.ts';
import { archiveTag, codeTag, noteTag, starTag } from '../../src/api/run/runTags.ts';
import { runDataName } from '../../src/api/run/runText.ts';
import { withoutSecrets } from '../../src/api/run/withoutSecrets.ts';
import type { Run } from '../../src/api/schemas.ts';
import { formatMoment } from '../../src/api/text/moment.ts';
import { formatDuration } from '../../src/api/text/units.ts';
import { formatValue } from '../chart/axis.ts';

export type ColumnGroup = 'Run' | 'Metrics' | 'Parameters' | 'Tags';

export interface Column {
  /** `started`, `metric:loss`, `param:lr`, `tag:stage`. */
  id: string;
  title: string;
  group: ColumnGroup;
  /** Right-aligned, and sorted from great to small first. */
  numeric: boolean;
  /** Pixels. */
  width: number;
  /** What it is sorted, grouped and exported by; null where the run has no such thing. */
  value: (run: Run) => string | number | null;
  text: (run: Run) => string;
}

const now = () => Date.now();

/** Seconds, until now where it still runs. */
export const secondsOf = ({ started, ended }: Run) =>
  ((ended === null ? now() : Date.parse(ended)) - Date.parse(started)) / 1000;

const plain = (id: string, title: string, width: number, of: (run: Run) => string | null): Column => ({
  ...{ id, title, group: 'Run', numeric: false, width, value: of, text: (run) => of(run) ?? '' },
});

export const nameColumn = plain('name', 'Name', 220, ({ name }) => name);

const runColumns: Column[] = [
  plain('state', 'State', 80, ({ state }) => state),
  {
    ...plain('started', 'Started', 110, ({ started }) => started),
    numeric: true,
    value: ({ started }) => Date.parse(started),
    text: ({ started }) => formatMoment(started),
  },
  {
    ...plain('duration', 'Duration', 96, () => null),
    numeric: true,
    value: (run) => Math.round(secondsOf(run)),
    text: (run) => formatDuration(secondsOf(run)),
  },
  plain('data', 'Data', 150, ({ datasets }) => datasets.map(runDataName).join(', ') || null),
  {
    ...plain('commit', 'Commit', 100, ({ tags }) => own(tags, codeTag.commit) ?? null),
    text: ({ tags }) => own(tags, codeTag.commit)?.slice(0, 10) ?? '',
  },
  plain('branch', 'Branch', 120, ({ tags }) => own(tags, codeTag.branch) ?? null),
  plain('experiment', 'Experiment', 120, ({ experiment }) => experiment.name),
  plain('user', 'User', 80, ({ user }) => user),
  plain('host', 'Host', 110, ({ host }) => host),
  plain('command', 'Command', 260, ({ command }) => (command ? withoutSecrets(command).join(' ') : null)),
  plain('id', 'Id', 240, ({ id }) => id),
];

/** Tags that have a place of their own. */
const hidden = new Set<string>([archiveTag, starTag, noteTag, codeTag.commit, codeTag.branch]);

/** Every column that one of the runs has something for; the name is always first and isn't among them. */
export function columnsOf(runs: readonly Run[]): Column[] {
  const keys = (of: (run: Run) => object) => {
    const all = new Set<string>();
    for (const run of runs) for (const key of Object.keys(of(run))) all.add(key);
    return [...all].sort();
  };
  return [
    ...runColumns,
    ...keys(({ metrics }) => metrics).map(metricColumn),
    ...keys(({ params }) => params).map((key) => paramColumn(key, runs)),
    ...keys(({ tags }) => tags)
      .filter((key) => !hidden.has(key))
      .map(tagColumn),
  ];
}

function metricColumn(key: string): Column {
  return {
    ...{ id: `metric:${key}`, title: key, group: 'Metrics', numeric: true, width: 100 },
    value: ({ metrics }) => own(metrics, key)?.value ?? null,
    text: ({ metrics }) => {
      const metric = own(metrics, key);
      if (!metric) return '';
      return metric.value === null ? metric.text : formatValue(metric.value);
    },
  };
}

/** Numbers where all that is known of it are. */
function paramColumn(key: string, runs: readonly Run[]): Column {
  const said = ({ params }: Run) => own(params, key);
  const numeric = runs.every((run) => said(run) === undefined || isNumber(said(run) as string));
  return {
    ...{ id: `param:${key}`, title: key, group: 'Parameters', numeric, width: numeric ? 90 : 120 },
    value: (run) => {
      const value = said(run);
      if (value === undefined) return null;
      return numeric ? Number(value) : value;
    },
    text: (run) => said(run) ?? '',
  };
}

function tagColumn(key: string): Column {
  const of = ({ tags }: Run) => own(tags, key) ?? null;
  return { ...plain(`tag:${key}`, key, 120, of), group: 'Tags' };
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));

/** How many of each kind a table begins with. */
const most = { metrics: 4, params: 4 } as const;

/** What says most before a person has chosen: when, how long, data, the first metrics, the parameters that differ. */
export function usualColumns(columns: readonly Column[], runs: readonly Run[]): string[] {
  const of = (group: ColumnGroup) => columns.filter((column) => column.group === group);
  const differs = ({ value }: Column) => new Set(runs.map(value)).size > 1;
  const differing = of('Parameters').filter(differs);
  const metrics = tellingMetrics(of('Metrics').map(({ title }) => title));
  const anyData = runs.some(({ datasets }) => datasets.length > 0);
  return [
    ...['started', 'duration'],
    ...(anyData ? ['data'] : []),
    ...metrics.slice(0, most.metrics).map((key) => `metric:${key}`),
    ...differing.slice(0, most.params).map(({ id }) => id),
  ];
}
