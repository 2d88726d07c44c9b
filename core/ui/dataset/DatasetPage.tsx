import { useEffect, useState } from 'react';
import type { DatasetChange } from '../../src/api/schemas.ts';
import { FilesTab } from '../files/FilesTab.tsx';
import { useHost } from '../host.ts';
import { usePlaces } from '../level/usePlaces.ts';
import { LineageGraph } from '../lineage/LineageGraph.tsx';
import { useList } from '../live/useList.ts';
import { useLive } from '../live/useLive.ts';
import { type Done, failed } from '../parts/done.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { UndoBar } from '../parts/UndoBar.tsx';
import { StatisticsTab } from '../statistics/StatisticsTab.tsx';
import { DatasetHeader } from './DatasetHeader.tsx';
import type { DatasetTab, DatasetView } from './datasetView.ts';
import { NotebookUses } from './NotebookUses.tsx';
import { UsesTab } from './UsesTab.tsx';
import { VersionChoice } from './VersionChoice.tsx';
import { VersionsTab } from './VersionsTab.tsx';
import { versionsSource } from './versionsSource.ts';

const tabs: Partial<Record<DatasetTab, string>> = {
  versions: 'Versions',
  files: 'Files',
  statistics: 'Statistics',
  lineage: 'Lineage',
  uses: 'Used by',
};

/** One dataset: its versions, what is in them, where they came from and who used them. */
export function DatasetPage({ view, onChange }: DatasetPageProps) {
  const host = useHost();
  const { dataset: name, tab } = view;
  const concerns = ({ kind, subject }: { kind: string; subject: string }) =>
    kind === 'lake' || (kind === 'dataset' && subject === name);
  const {
    value: dataset,
    failure,
    reload,
    set,
  } = useLive(({ datasets }) => datasets.get(name), concerns, [name]);
  const versions = useList(versionsSource(host.client, name), [name]);
  const places = usePlaces(name);
  const [done, setDone] = useState<Done | null>(null);
  useEffect(() => host.title(name), [host, name]);
  const say = (error: unknown) => setDone(failed(error));
  const change = async (what: DatasetChange) => {
    try {
      set(await host.client.datasets.change(name, what));
      return true;
    } catch (error) {
      say(error);
      return false;
    }
  };
  const newest = dataset?.latest?.version ?? 0;
  const shown = view.version === 0 ? newest : view.version;
  const chosen = (
    <VersionChoice
      versions={versions.items}
      version={shown}
      onChoose={(version) => onChange({ ...view, version: version === newest ? 0 : version, folder: '' })}
    />
  );
  return (
    <div className={`fb-page fb-dataset-page${failure && dataset ? ' fb-stale' : ''}`}>
      {failure && <FailureFace failure={failure} onRetry={reload} known={dataset !== undefined} />}
      {!dataset && !failure && <Skeleton label="Reading the dataset" />}
      {dataset && (
        <>
          <DatasetHeader
            dataset={dataset}
            level={places.levelOf(name, newest)}
            parts={places.partsOf(name, newest)}
            onChange={change}
            onLink={() => void host.link(view).then(host.copy, say)}
          />
          <Tabs
            tabs={tabs as Record<DatasetTab, string>}
            chosen={tab}
            onChoose={(next) => onChange({ ...view, tab: next })}
          />
          <div className="fb-tab fb-dataset-tab" role="tabpanel" aria-label={tabs[tab]}>
            {tab === 'versions' && <VersionsTab dataset={dataset} {...{ versions, places }} />}
            {(tab === 'files' || tab === 'statistics') && shown === 0 && (
              <p className="fb-dim fb-body">There are files here with the first version.</p>
            )}
            {tab === 'files' && shown > 0 && (
              <FilesTab {...{ view, onChange, choice: chosen }} dataset={name} version={shown} />
            )}
            {tab === 'statistics' && shown > 0 && (
              <StatisticsTab {...{ view, onChange, choice: chosen }} dataset={name} version={shown} />
            )}
            {tab === 'lineage' && (
              <div className="fb-body">
                {shown > 0 && chosen}
                {shown > 0 ? (
                  <LineageGraph of={`${name}@v${shown}`} />
                ) : (
                  <p className="fb-dim">Lineage begins with the first version.</p>
                )}
              </div>
            )}
            {tab === 'uses' && <UsesTab dataset={name} />}
            {tab === 'uses' && <NotebookUses dataset={name} />}
          </div>
        </>
      )}
      {done && <UndoBar done={done} onGone={() => setDone(null)} />}
    </div>
  );
}

interface DatasetPageProps {
  view: DatasetView;
  onChange: (view: DatasetView) => void;
}
