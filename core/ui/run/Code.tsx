import { useRef } from 'react';
import { isForebayError } from '../../src/api/errors.ts';
import { recordedFiles } from '../../src/api/run/recordedFiles.ts';
import { codeTag } from '../../src/api/run/runTags.ts';
import type { Run } from '../../src/api/schemas.ts';
import type { Client } from '../../src/client/client.ts';
import { PatchView } from '../diff/PatchView.tsx';
import { concernsRun, useLive } from '../live/useLive.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { Pairs } from '../parts/Pairs.tsx';

/** Which code ran: the commit, what was changed since, and files that git doesn't know. */
export function Code({ run }: { run: Run }) {
  const awaited = useRef(false);
  const { value, failure, reload } = useLive(
    ({ runs }) => codeOf(runs, run.id),
    (event) => awaited.current && concernsRun(run.id)(event),
    [run.id, run.state],
  );
  const commit = run.tags[codeTag.commit];
  if (!commit) {
    return (
      <EmptyFace title="No code was recorded">
        <p className="fb-dim">
          It ran outside of a git repository. In one, the commit and what differs from it are kept.
        </p>
      </EmptyFace>
    );
  }
  const leftOut = run.tags[codeTag.leftOut];
  const changed = Number(run.tags[codeTag.changed] ?? 0) > 0 && !leftOut;
  const isEmpty = value?.diff === '' && value.untracked.length === 0;
  awaited.current = isEmpty && changed && run.state === 'running';
  const facts = [
    ['Commit', commit],
    ['Branch', run.tags[codeTag.branch] ?? 'none'],
    ['Folder', run.folder ?? ''],
    ...(leftOut ? [['Not kept', leftOut.split('\n').join(', ')] as const] : []),
  ] as const;
  return (
    <div className="fb-body">
      <Pairs title="Code" pairs={facts} empty="" />
      {failure && <FailureFace failure={failure} onRetry={reload} known={value !== undefined} />}
      {!value && !failure && <Skeleton label="Reading the code" />}
      {value && (
        <>
          <h3>Changed since the commit</h3>
          {value.diff === '' ? (
            <p className="fb-dim">
              {awaited.current
                ? 'It is being recorded, and shown here within seconds.'
                : 'Nothing that git knows.'}
            </p>
          ) : (
            <PatchView patch={value.diff} />
          )}
          {value.untracked.length > 0 && <h3>Files that git doesn't know</h3>}
          {value.more > 0 && (
            <p className="fb-dim">
              The first {mostUntracked}; {value.more} more are among its artifacts.
            </p>
          )}
          {value.untracked.map(({ path, text }) => (
            <details key={path} className="fb-patch">
              <summary>{path}</summary>
              <pre className="fb-code">{text}</pre>
            </details>
          ))}
        </>
      )}
    </div>
  );
}

/** Files beside the code that are read to be shown. */
const mostUntracked = 50;

async function codeOf(runs: Client['runs'], id: string) {
  const read = async (path: string) => new TextDecoder().decode(await runs.artifact(id, path));
  const { items: files } = await runs.artifacts(id, recordedFiles.untracked);
  const [diff, ...texts] = await Promise.all([
    read(recordedFiles.diff).catch(nothingWhereAbsent),
    ...files.slice(0, mostUntracked).map(({ path }) => read(path)),
  ]);
  const untracked = texts.map((text, at) => ({
    path: files[at]?.path.slice(recordedFiles.untracked.length) ?? '',
    text: text.includes('\0') ? '(not text)' : text,
  }));
  return { diff: diff ?? '', untracked, more: files.length - untracked.length };
}

function nothingWhereAbsent(error: unknown): string {
  if (isForebayError(error, 'run-unknown') || isForebayError(error, 'path-unknown')) return '';
  throw error;
}
