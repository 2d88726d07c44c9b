import { useMemo, useState } from 'react';
import { mountCode } from '../../src/api/code/mountCode.ts';
import type { Dataset, Version } from '../../src/api/schemas.ts';
import { diffView } from '../diff/diffView.ts';
import { Grid } from '../grid/Grid.tsx';
import { useHost } from '../host.ts';
import type { Places } from '../level/usePlaces.ts';
import type { ListSnapshot } from '../live/ListFeed.ts';
import { useLive } from '../live/useLive.ts';
import { useNow } from '../live/useNow.ts';
import { useStable } from '../live/useStable.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { datasetView } from './datasetView.ts';
import { arrangeVersions, versionColumns } from './versionColumns.tsx';

/** A dataset's history: what each version changed, who made it of what, and who used it. */
export function VersionsTab({ dataset, versions, places }: VersionsTabProps) {
  const host = useHost();
  const now = useNow(30_000);
  const [sort, setSort] = useState('-version');
  const { name, latest } = dataset;
  const { value: uses } = useLive(
    ({ datasets }) => datasets.uses(name),
    ({ kind, subject }) => kind === 'run' || kind === 'lake' || (kind === 'dataset' && subject === name),
    [name],
  );
  const used = useMemo(() => new Map((uses ?? []).map((each) => [each.version, each])), [uses]);
  const act = useStable((verb: 'cache' | 'clear' | 'insert-mount', version: number) =>
    host.act(verb, name, version),
  );
  const [marked, setMarked] = useState<readonly number[]>([]);
  // Two can be compared: a third takes the place of the one that was chosen first.
  const mark = useStable((version: number) =>
    setMarked(
      marked.includes(version) ? marked.filter((each) => each !== version) : [...marked, version].slice(-2),
    ),
  );
  const [from, to] = marked.toSorted((a, b) => a - b);
  const keys = useMemo(() => new Set(marked.map(String)), [marked]);
  const columns = useMemo(
    () =>
      versionColumns({
        ...{ dataset: name, newest: latest?.version ?? 0, used, places, now, host, act },
        ...{ marked: keys, onMark: mark },
      }),
    [name, latest?.version, used, places, now, host, act, keys, mark],
  );
  const rows = useMemo(
    () => arrangeVersions(versions.items, sort, { dataset: name, used, places }),
    [versions.items, sort, name, used, places],
  );
  if (versions.failure && rows.length === 0) {
    return <FailureFace failure={versions.failure} onRetry={versions.reload} known={false} />;
  }
  if (rows.length === 0) {
    return versions.complete ? (
      <EmptyFace title="No version yet">
        <p className="fb-dim">Sync a folder as new version, or in a terminal, in the folder:</p>
        <pre className="fb-code">{`forebay data init ${name}\nforebay data sync`}</pre>
      </EmptyFace>
    ) : (
      <Skeleton label="Reading versions" />
    );
  }
  return (
    <>
      {rows.length > 1 && (
        <div className="fb-selection">
          <button
            type="button"
            className="fb-button"
            disabled={to === undefined}
            onClick={() => from !== undefined && to !== undefined && host.open(diffView(name, from, to))}
          >
            {from !== undefined && to !== undefined ? `Compare v${from} … v${to}` : 'Compare'}
          </button>
          {to === undefined && <span className="fb-dim">Select two versions to compare them</span>}
        </div>
      )}
      <Grid<Version>
        label={`Versions of ${name}`}
        rows={rows}
        columns={columns}
        keyOf={({ version }) => String(version)}
        sort={sort}
        onSort={setSort}
        onOpen={({ version }) => host.open(datasetView(name, { tab: 'files', version }))}
        onAct={({ version }) => mark(version)}
        marked={keys}
        codeOf={({ version }) => mountCode(name, version)}
      />
    </>
  );
}

interface VersionsTabProps {
  dataset: Dataset;
  versions: ListSnapshot<Version> & { reload: () => void };
  places: Places;
}
