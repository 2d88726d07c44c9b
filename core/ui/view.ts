import { type CachesView, cachesKind, cachesView } from './caches/cachesView.ts';
import { type CachingView, cachingKind, cachingView } from './caching/cachingView.ts';
import { type CompareView, compareKind, compareView } from './compare/compareView.ts';
import { type DatasetView, datasetKind, datasetView } from './dataset/datasetView.ts';
import { type DatasetsView, datasetsKind, datasetsView } from './datasets/datasetsView.ts';
import { type DiffView, diffKind, diffView } from './diff/diffView.ts';
import { type LineageView, lineageKind, lineageView } from './lineage/lineageView.ts';
import { type PageKind, readField } from './pageKind.ts';
import { type RunView, runKind, runView } from './run/runView.ts';
import { runsKind, type TableView, tableView } from './runs/runsView.ts';
import { type SetUpView, setUpKind, setUpView } from './setup/setUpView.ts';

export {
  cachesView,
  cachingView,
  compareView,
  datasetsView,
  datasetView,
  diffView,
  lineageView,
  runView,
  setUpView,
  tableView,
};

export type View =
  | CachesView
  | CachingView
  | SetUpView
  | CompareView
  | DatasetView
  | DatasetsView
  | DiffView
  | LineageView
  | RunView
  | TableView;

const kinds: { [P in View['page']]: PageKind<Extract<View, { page: P }>> } = {
  caches: cachesKind,
  caching: cachingKind,
  setup: setUpKind,
  compare: compareKind,
  dataset: datasetKind,
  datasets: datasetsKind,
  diff: diffKind,
  lineage: lineageKind,
  run: runKind,
  runs: runsKind,
};

const kindOf = (page: View['page']) => kinds[page] as unknown as PageKind<View & Record<string, unknown>>;

/** Views with the same key share a tab: those of one run, one dataset, one comparison, and all tables of runs. */
export function viewKey(view: View): string {
  const said = view as View & Record<string, unknown>;
  return [view.page, ...kindOf(view.page).about.map((key) => text(said[key]).replaceAll('\n', '-'))].join(
    '-',
  );
}

/** Whether a view says more than which page: who asks for a page alone finds it as it was left. */
export function namesMore(view: View): boolean {
  const { usual, about } = kindOf(view.page);
  return Object.entries(view).some(([key, value]) => !about.includes(key) && differs(value, usual[key]));
}

/** `run?id=...&tab=code`: what is as usual is left out. `readView` reads it again. */
export function writeView(view: View): string {
  const { usual } = kindOf(view.page);
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(view)) {
    if (key !== 'page' && differs(value, usual[key])) query.set(key, text(value));
  }
  const said = query.toString();
  return said === '' ? view.page : `${view.page}?${said}`;
}

/** Whatever can't be understood is as usual; undefined where not even the page is known. */
export function readView(address: string): View | undefined {
  const [page = '', query = ''] = address.split(/\?(.*)/s);
  if (!isPage(page)) return undefined;
  const asked = new URLSearchParams(query);
  const kind = kindOf(page);
  const read = Object.keys(kind.usual).map((key) => [key, readField(kind, key, asked.get(key))]);
  return Object.fromEntries(read) as View;
}

const isPage = (page: string): page is View['page'] => Object.hasOwn(kinds, page);

const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);

/** Names of columns hold anything but line ends. */
const text = (value: unknown) => (Array.isArray(value) ? value.join('\n') : String(value));
