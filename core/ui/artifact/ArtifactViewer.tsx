import { useEffect, useState } from 'react';
import { formatBytes } from '../../src/api/text/units.ts';
import { useHost } from '../host.ts';
import { never, useLive } from '../live/useLive.ts';
import { failed } from '../parts/done.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';
import { type ArtifactFile, mostShown, parseCsv, viewerOf } from './artifactTree.ts';

/** Rows and characters that are shown. */
const most = { rows: 500, letters: 500_000 } as const;

/** One file: pictures as pictures, tables as tables, text as text; the rest can be saved. */
export function ArtifactViewer({ id, file }: { id: string; file: ArtifactFile }) {
  const host = useHost();
  const viewer = viewerOf(file);
  const [problem, setProblem] = useState('');
  const { value, failure, reload } = useLive(
    async ({ runs }) => (viewer === 'none' ? new Uint8Array() : runs.artifact(id, file.path)),
    never,
    [id, file.path, file.bytes],
  );
  const save = async () =>
    host.save(file.path.split('/').at(-1) ?? 'artifact', await host.client.runs.artifact(id, file.path));
  return (
    <section className="fb-viewer" aria-label={file.path}>
      <div className="fb-toolbar">
        <strong className="fb-cell-text" title={file.path}>
          {file.path}
        </strong>
        <span className="fb-dim fb-number">{formatBytes(file.bytes)}</span>
        <span className="fb-push" />
        <button
          type="button"
          className="fb-button"
          onClick={() =>
            void save().then(
              () => setProblem(''),
              (error: unknown) => setProblem(failed(error).text),
            )
          }
        >
          Save…
        </button>
      </div>
      {problem !== '' && <p className="fb-problem">{problem}</p>}
      {failure && <FailureFace failure={failure} onRetry={reload} known={value !== undefined} />}
      {!value && !failure && <Skeleton label="Reading the file" />}
      {value && viewer === 'none' && (
        <p className="fb-dim fb-hint">
          {file.bytes > mostShown ? 'It is too large to be shown here.' : 'Only its own program can show it.'}{' '}
          Save it to open it.
        </p>
      )}
      {value && viewer === 'image' && <Picture bytes={value} path={file.path} />}
      {value && viewer === 'table' && <Table text={decode(value)} tabs={file.path.endsWith('.tsv')} />}
      {value && viewer === 'json' && <Text text={indented(decode(value))} />}
      {value && viewer === 'text' && <Text text={decode(value)} />}
    </section>
  );
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** As it is where it isn't JSON. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Only as a picture: an SVG's scripts don't run in one. */
function Picture({ bytes, path }: { bytes: Uint8Array; path: string }) {
  const [address, setAddress] = useState('');
  useEffect(() => {
    const type = path.toLowerCase().endsWith('.svg') ? 'image/svg+xml' : '';
    const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, path]);
  return address === '' ? null : <img className="fb-picture" src={address} alt={path} />;
}

function Text({ text }: { text: string }) {
  return (
    <>
      {text.length > most.letters && (
        <p className="fb-dim">
          The first {most.letters.toLocaleString('en-US')} characters. Save it to see all.
        </p>
      )}
      <pre className="fb-code fb-scroll">{text.slice(0, most.letters)}</pre>
    </>
  );
}

function Table({ text, tabs }: { text: string; tabs: boolean }) {
  const [head = [], ...rows] = parseCsv(text, tabs ? '\t' : ',', most.rows + 1);
  return (
    <>
      {rows.length === most.rows && <p className="fb-dim">The first {most.rows} rows.</p>}
      <div className="fb-scroll">
        <table className="fb-table">
          <thead>
            <tr>
              {head.map((cell, at) => (
                <th key={at} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column} className={isNumber(cell) ? 'fb-cell-number' : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const isNumber = (cell: string) => cell !== '' && Number.isFinite(Number(cell));
