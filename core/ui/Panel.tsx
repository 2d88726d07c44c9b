import { useEffect, useState } from 'react';
import { CachesPage } from './caches/CachesPage.tsx';
import { CachingPage } from './caching/CachingPage.tsx';
import { ComparePage } from './compare/ComparePage.tsx';
import { DatasetPage } from './dataset/DatasetPage.tsx';
import { DatasetsPage } from './datasets/DatasetsPage.tsx';
import { DiffPage } from './diff/DiffPage.tsx';
import { type Host, HostProvider } from './host.ts';
import { LineagePage } from './lineage/LineagePage.tsx';
import { ErrorBoundary } from './parts/ErrorBoundary.tsx';
import { RunPage } from './run/RunPage.tsx';
import { RunsPage } from './runs/RunsPage.tsx';
import { SetUpPage } from './setup/SetUpPage.tsx';
import type { View } from './view.ts';

/** One page of Forebay, in a tab of an editor. `first` is what it begins with; a person goes on from there. */
export function Panel({ host, first }: { host: Host; first: View }) {
  const [view, setView] = useState(first);
  useEffect(() => setView(first), [first]);
  useEffect(() => host.keep(view), [host, view]);
  return (
    <HostProvider host={host}>
      <ErrorBoundary>
        {view.page === 'datasets' && <DatasetsPage view={view} onChange={setView} />}
        {view.page === 'dataset' && <DatasetPage view={view} onChange={setView} />}
        {view.page === 'runs' && <RunsPage view={view} onChange={setView} />}
        {view.page === 'run' && <RunPage view={view} onChange={setView} />}
        {view.page === 'lineage' && <LineagePage view={view} />}
        {view.page === 'diff' && <DiffPage view={view} onChange={setView} />}
        {view.page === 'caches' && <CachesPage view={view} onChange={setView} />}
        {view.page === 'caching' && <CachingPage view={view} />}
        {view.page === 'setup' && <SetUpPage />}
        {view.page === 'compare' && <ComparePage view={view} onChange={setView} />}
      </ErrorBoundary>
    </HostProvider>
  );
}
