import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { DiffFile } from '../../../src/api/schemas.ts';
import { formatCount } from '../../../src/api/text/units.ts';
import { useHost } from '../../host.ts';
import { useSize } from '../../live/useSize.ts';
import { FailureFace, Skeleton } from '../../parts/Faces.tsx';
import type { DiffView } from '../diffView.ts';
import { diffText, foldEqual, type Line, type LinePair, type Shown } from './textDiff.ts';
import { unseenDifferences } from './unseen.ts';
import { useSides } from './useSides.ts';

/** Pixels. */
const lineHeight = 18;
const narrow = 520;

/** Text before and after: beside each other, or below each other where there is no room or a person wants it so. */
export function TextDiffView({ view, file }: { view: DiffView; file: DiffFile }) {
  const { openDiff } = useHost();
  const { dataset, from, to } = view;
  const { before, after } = file;
  const { value, failure, reload } = useSides(view, file);
  const [unified, setUnified] = useState<boolean | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const { width } = useSize(place);
  const diff = useMemo(() => value && diffText(decode(value.before), decode(value.after)), [value]);
  const unseen = useMemo(() => {
    if (!value || !diff) return undefined;
    const side = (version: number, bytes: Uint8Array) => ({ name: `v${version}`, bytes });
    const seen = diff.added + diff.removed > 0;
    return unseenDifferences(side(view.from, value.before), side(view.to, value.after), seen);
  }, [value, diff, view.from, view.to]);
  const oneSide = !before || !after;
  const together = oneSide || (unified ?? (width > 0 && width < narrow));
  return (
    <div className="fb-text-diff" ref={place}>
      {failure && <FailureFace failure={failure} onRetry={reload} known={false} />}
      {!diff && !failure && <Skeleton label="Reading the text" />}
      {diff && (
        <>
          <div className="fb-toolbar">
            <span className="fb-number">
              <span className="fb-added">+{formatCount(diff.added, 'line')}</span>{' '}
              <span className="fb-removed">−{formatCount(diff.removed, 'line')}</span>
            </span>
            {!oneSide && (
              <fieldset className="fb-switch" aria-label="Text layout">
                {[false, true].map((each) => (
                  <button
                    key={String(each)}
                    type="button"
                    aria-pressed={together === each}
                    onClick={() => setUnified(each)}
                  >
                    {each ? 'Unified' : 'Side by side'}
                  </button>
                ))}
              </fieldset>
            )}
            {openDiff && before && after && (
              <button
                type="button"
                className="fb-button"
                onClick={() =>
                  openDiff(
                    { dataset, version: from, path: before.path },
                    { dataset, version: to, path: after.path },
                  )
                }
              >
                Open in diff editor
              </button>
            )}
          </div>
          {diff.unmatched && (
            <p className="fb-dim">
              The two differ too much to be matched line by line: they stand beside each other.
            </p>
          )}
          {unseen?.map((sentence) => (
            <p key={sentence} className="fb-dim">
              {sentence}
            </p>
          ))}
          <Lines pairs={diff.pairs} together={together} view={view} />
        </>
      )}
    </div>
  );
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function Lines({ pairs, together, view }: { pairs: readonly LinePair[]; together: boolean; view: DiffView }) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => {
    const shown = foldEqual(pairs, open);
    return together ? shown.flatMap(unify) : shown;
  }, [pairs, open, together]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
    useFlushSync: false,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys
    <section className="fb-text-scroll" ref={scroller} tabIndex={0} aria-label="Lines">
      <div
        className={`fb-text-pairs${together ? ' fb-text-unified' : ''}`}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const place = { style: { top: start }, 'data-index': index, ref: virtual.measureElement };
          if (row.kind === 'fold') {
            return (
              <button
                key={index}
                type="button"
                className="fb-text-fold"
                {...place}
                onClick={() => setOpen(new Set([...open, row.at]))}
              >
                {formatCount(row.pairs.length, 'equal line')}
              </button>
            );
          }
          const { kind, left, right } = row.pair;
          return (
            <div key={index} className="fb-text-pair" {...place}>
              {together ? (
                <OneLine
                  line={(right ?? left) as Line}
                  kind={kind}
                  side={right ? 'right' : 'left'}
                  view={view}
                />
              ) : (
                <>
                  <OneLine line={left} kind={kind} side="left" view={view} />
                  <OneLine line={right} kind={kind} side="right" view={view} />
                </>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** A changed line as one that went and one that came. */
function unify(shown: Shown): Shown[] {
  if (shown.kind === 'fold' || shown.pair.kind !== 'changed') return [shown];
  const { left, right } = shown.pair;
  return [
    { kind: 'pair', pair: { kind: 'removed', left, right: undefined } },
    { kind: 'pair', pair: { kind: 'added', left: undefined, right } },
  ];
}

function OneLine({ line, kind, side, view }: OneLineProps) {
  const gone = side === 'left';
  const changed = kind === 'same' || !line ? '' : gone ? ' fb-text-gone' : ' fb-text-came';
  const version = gone ? view.from : view.to;
  return (
    <div className={`fb-text-line${changed}${line ? '' : ' fb-text-none'}`}>
      <span className="fb-text-number">{line?.number}</span>
      <span className="fb-text-sign" aria-hidden="true">
        {changed === '' ? '' : gone ? '−' : '+'}
      </span>
      {changed !== '' && (
        <span className="fb-only-read">{gone ? `removed from v${version}: ` : `in v${version}: `}</span>
      )}
      <code>
        {line?.stretches.map(({ text, marked }, at) =>
          marked ? <mark key={at}>{cut(text)}</mark> : <span key={at}>{cut(text)}</span>,
        )}
      </code>
    </div>
  );
}

/** Letters of a line that are drawn. */
const longest = 4000;

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

interface OneLineProps {
  line: Line | undefined;
  kind: LinePair['kind'];
  side: 'left' | 'right';
  view: DiffView;
}
