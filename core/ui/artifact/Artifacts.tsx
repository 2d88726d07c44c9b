import { useState } from 'react';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import { concernsRun, useLive } from '../live/useLive.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ArtifactViewer } from './ArtifactViewer.tsx';
import { artifactRows } from './artifactTree.ts';

/** Files that a run left behind, and the one that is looked at. */
export function Artifacts({ id }: { id: string }) {
  const { value, failure, reload } = useLive(({ runs }) => runs.artifacts(id), concernsRun(id), [id]);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState('');
  if (!value) {
    return failure ? (
      <FailureFace failure={failure} onRetry={reload} known={false} />
    ) : (
      <Skeleton label="Reading files" />
    );
  }
  const { items, elsewhere } = value;
  const others = elsewhere !== null && (
    <p className="fb-dim">
      What its script logged lies in <code>{elsewhere}</code>, where only MLflow's own clients read it.
    </p>
  );
  if (items.length === 0) {
    return others ? (
      <EmptyFace title="No artifacts here">{others}</EmptyFace>
    ) : (
      <EmptyFace title="No artifacts">
        <p className="fb-dim">
          Files that the command leaves in the folder <code>$FOREBAY_OUTPUT</code>, and what it logs with
          MLflow's API, stand here.
        </p>
      </EmptyFace>
    );
  }
  const file = items.find(({ path }) => path === chosen);
  const toggle = (path: string) => {
    const next = new Set(open);
    if (!next.delete(path)) next.add(path);
    setOpen(next);
  };
  return (
    <>
      {others}
      <div className="fb-split fb-split-files">
        <ul className="fb-files" aria-label="Artifacts">
          {artifactRows(items, open).map((row) => (
            <li key={row.path} style={{ paddingLeft: row.depth * 16 }}>
              <button
                type="button"
                className={`fb-file${row.path === chosen ? ' fb-file-chosen' : ''}`}
                aria-expanded={row.kind === 'folder' ? row.open : undefined}
                aria-current={row.path === chosen}
                onClick={() => (row.kind === 'folder' ? toggle(row.path) : setChosen(row.path))}
              >
                <Icon name={row.kind === 'file' ? 'file' : row.open ? 'down' : 'right'} />
                <span className="fb-cell-text" title={row.path}>
                  {row.name}
                </span>
                <span className="fb-dim fb-number">
                  {row.kind === 'folder' && !row.open ? `${formatCount(row.files, 'file')}, ` : ''}
                  {formatBytes(row.bytes)}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {file ? (
          <ArtifactViewer key={file.path} id={id} file={file} />
        ) : (
          <p className="fb-dim fb-hint">Choose a file to look at it.</p>
        )}
      </div>
    </>
  );
}
