import { useState } from 'react';
import type { DiffFile, FileEntry } from '../../../src/api/schemas.ts';
import { formatBytes } from '../../../src/api/text/units.ts';
import { never, useLive } from '../../live/useLive.ts';
import { FailureFace, Skeleton } from '../../parts/Faces.tsx';
import { GlyphButton } from '../../parts/GlyphButton.tsx';
import { MiddleName } from '../../parts/MiddleName.tsx';
import { type DiffView, signs } from '../diffView.ts';
import { BinaryDiff } from './BinaryDiff.tsx';
import { ImageDiff } from './ImageDiff.tsx';
import { JsonDiff } from './JsonDiff.tsx';
import { sameBytes } from './sameBytes.ts';
import { TableDiffView } from './TableDiffView.tsx';
import { TextDiffView } from './TextDiffView.tsx';
import { choicesOf, fitting, limits, looksLikeText, type Viewer, viewerOfName } from './viewers.ts';

/** Bytes that tell whether a file without a telling name is text. */
const sniffed = 8192;

/** Both sides of one path in the viewer that fits it. */
export function FileDiff({ view, onClose }: { view: DiffView; onClose: () => void }) {
  const { dataset, from, to, path } = view;
  const { value, failure, reload } = useLive(
    async ({ versions }, signal) => {
      const pair = { dataset, from: `v${from}`, to: `v${to}` };
      const file = await versions.diffFile({ ...pair, path }, signal);
      const named = viewerOfName(path);
      if (named) return { file, viewer: named };
      const side = file.after?.kind === 'file' ? 'after' : 'before';
      const entry = file[side];
      if (entry?.kind !== 'file' || entry.size === 0) return { file, viewer: 'text' as const };
      const range = { start: 0, end: Math.min(sniffed, entry.size) };
      const selector = side === 'after' ? pair.to : pair.from;
      const bytes = await versions.content(dataset, selector, entry.path, { range, signal });
      return { file, viewer: looksLikeText(bytes) ? ('text' as const) : ('binary' as const) };
    },
    never,
    [dataset, from, to, path],
  );
  return (
    <div className="fb-file-diff">
      <div className="fb-toolbar fb-diff-file-head">
        {value && value.file.is !== 'same' && (
          <span className={`fb-sign fb-${value.file.is}`} title={value.file.is}>
            {signs[value.file.is]}
          </span>
        )}
        <strong className="fb-diff-file-name" title={path}>
          <MiddleName name={path} />
        </strong>
        <GlyphButton icon="close" label="Back to the overview" onClick={onClose} />
      </div>
      {failure && <FailureFace failure={failure} onRetry={reload} known={value !== undefined} />}
      {!value && !failure && <Skeleton label="Reading the file" />}
      {value && <Sides view={view} {...value} />}
    </div>
  );
}

function Sides({ view, file, viewer }: { view: DiffView; file: DiffFile; viewer: Viewer }) {
  const [asText, setAsText] = useState(false);
  const { before, after } = file;
  if ((before ?? after)?.kind !== 'file' && (after ?? before)?.kind !== 'file')
    return <Facts {...{ view, file }} />;
  const choices = choicesOf(viewer, [before, after]);
  const chosen = asText && choices.includes('text') ? 'text' : viewer;
  const fit = fitting(chosen, [before, after]);
  return (
    <>
      <Facts view={view} file={file} />
      {fit.tooLarge && viewer !== 'binary' && (
        <p className="fb-dim">
          Shown as bytes: beyond {formatBytes(limits[viewer])} it isn't compared as {words[viewer]}.
        </p>
      )}
      {choices.length > 1 && (
        <fieldset className="fb-switch fb-viewer-switch" aria-label="Compare as">
          {choices.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={chosen === each}
              onClick={() => setAsText(each === 'text')}
            >
              {each === 'text' ? 'Text' : each === 'json' ? 'Structure' : 'Table'}
            </button>
          ))}
        </fieldset>
      )}
      {fit.viewer === 'text' && <TextDiffView view={view} file={file} />}
      {fit.viewer === 'json' && <JsonDiff view={view} file={file} />}
      {fit.viewer === 'table' && <TableDiffView view={view} file={file} />}
      {fit.viewer === 'image' && <ImageDiff view={view} file={file} />}
      {fit.viewer === 'binary' && <BinaryDiff view={view} file={file} />}
    </>
  );
}

const words: Record<Exclude<Viewer, 'binary'>, string> = {
  image: 'pictures',
  table: 'a table',
  json: 'JSON',
  text: 'text',
};

/** What a person reads first: what became of it, and how large it was and is. */
function Facts({ view: { from, to }, file: { is, before, after } }: { view: DiffView; file: DiffFile }) {
  const said: string[] = [];
  if (is === 'moved' && before) said.push(`Moved from ${before.path}; the content is the same.`);
  if (is === 'added') said.push(`Only in v${to}: ${describe(after)}.`);
  if (is === 'removed') {
    said.push(before && after ? `Removed.` : `Only in v${from}: ${describe(before)}.`);
  }
  const [old, now] = [describe(before), describe(after)];
  if (is === 'changed') said.push(old === now ? `${now} before and after.` : `${old} → ${now}.`);
  if (is === 'same') said.push('The same in both versions.');
  if (before?.kind === 'file' && after?.kind === 'file') {
    if (is === 'changed' && sameBytes({ before, after })) {
      said.push('The content is the same.');
    }
    if (before.executable !== after.executable) {
      said.push(after.executable ? 'Now executable.' : 'No longer executable.');
    }
  }
  return <p className="fb-dim fb-diff-file-facts">{said.join(' ')}</p>;
}

function describe(entry: FileEntry | null): string {
  if (!entry) return 'nothing';
  if (entry.kind === 'link') return `a link to ${entry.target ?? 'nothing'}`;
  return entry.kind === 'folder' ? 'an empty folder' : formatBytes(entry.size);
}
