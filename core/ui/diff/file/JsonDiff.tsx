import { useMemo } from 'react';
import type { DiffFile } from '../../../src/api/schemas.ts';
import { formatCount } from '../../../src/api/text/units.ts';
import { FailureFace, Skeleton } from '../../parts/Faces.tsx';
import { type DiffView, signs } from '../diffView.ts';
import { briefJson, changesMost, diffJson } from './jsonDiff.ts';
import { TextDiffView } from './TextDiffView.tsx';
import { useSides } from './useSides.ts';
import { parseWritten } from './writtenNumbers.ts';

/** Where two documents differ; what is no JSON, or there on one side alone, is shown as text. */
export function JsonDiff({ view, file }: { view: DiffView; file: DiffFile }) {
  const { value, failure, reload } = useSides(view, file);
  const changes = useMemo(() => {
    if (!value) return undefined;
    const [before, after] = [parse(value.before), parse(value.after)];
    return before && after ? diffJson(before.value, after.value) : null;
  }, [value]);
  if (!file.before || !file.after) return <TextDiffView view={view} file={file} />;
  if (failure) return <FailureFace failure={failure} onRetry={reload} known={false} />;
  if (changes === undefined) return <Skeleton label="Reading the document" />;
  if (changes === null) return <TextDiffView view={view} file={file} />;
  if (changes.length === 0)
    return (
      <>
        {file.is === 'changed' && (
          <p className="fb-dim">
            Only spaces, line ends or the order of names differ, or how texts are written.
          </p>
        )}
        <TextDiffView view={view} file={file} />
      </>
    );
  return (
    <>
      <p className="fb-dim">
        {formatCount(changes.length, 'place')} differ{changes.length === 1 ? 's' : ''}
        {changes.length >= changesMost && '; there may be more'}.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys */}
      <section className="fb-scroll fb-table-diff" tabIndex={0} aria-label="Places that differ">
        <table className="fb-table fb-json-diff">
          <thead>
            <tr>
              <th scope="col">Place</th>
              <th scope="col">v{view.from}</th>
              <th scope="col">v{view.to}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ kind, path, before, after }) => (
              <tr key={path} className={`fb-row-${kind}`}>
                <th scope="row">
                  <span className={`fb-${kind}`} title={kind}>
                    {signs[kind]}
                  </span>{' '}
                  <code>{path || 'the whole document'}</code>
                </th>
                <td>{kind !== 'added' && <code>{briefJson(before)}</code>}</td>
                <td>{kind !== 'removed' && <code>{briefJson(after)}</code>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function parse(bytes: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: parseWritten(new TextDecoder().decode(bytes)) };
  } catch {
    return undefined;
  }
}
