import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { formatBytes } from '../../src/api/text/units.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';
import { OutputSearch } from './OutputSearch.tsx';
import { holds, useExcerpt } from './useExcerpt.ts';
import { useMatches } from './useMatches.ts';
import { useOutput } from './useOutput.ts';

/** Pixels. */
const lineHeight = 18;
/** Of the box that the lines are in, and of it what isn't for lines: its border, and the bar of those that are long. */
const most = 280;
const aside = 18;

/** What the run printed: it follows until somebody scrolls, and again when it is told to. All of it can be searched. */
export function Output({ id, running }: { id: string; running: boolean }) {
  const { output, failure, reload } = useOutput(id);
  const scroller = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const matches = useMatches(id, words, output?.size ?? 0);
  const match = words === '' ? undefined : matches.all[at];
  // Until something is found, the end is shown.
  const excerpt = useExcerpt(id, match);
  const lines = excerpt?.lines ?? output?.lines ?? [];
  const found = excerpt && match && holds(excerpt, match.line) ? match.line - excerpt.first : -1;
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  const end = excerpt ? 0 : lines.length;
  useEffect(() => {
    if (follows && end > 0) virtual.scrollToIndex(end - 1, { align: 'end' });
  }, [follows, end, virtual]);
  useEffect(() => {
    if (found >= 0) virtual.scrollToIndex(found, { align: 'center' });
  }, [found, excerpt, virtual]);
  const show = (next: number) => {
    const { length } = matches.all;
    if (length > 0) setAt((next + length) % length);
  };
  return (
    <section className="fb-output" aria-label="Output">
      <div className="fb-toolbar">
        <h3>Output</h3>
        <OutputSearch
          {...{ words, matches, at }}
          onWords={(next) => {
            setWords(next);
            setAt(0);
          }}
          onShow={show}
        />
      </div>
      {failure && <FailureFace failure={failure} onRetry={reload} known={output !== undefined} />}
      {!output && !failure && <Skeleton label="Reading the output" />}
      {excerpt ? (
        <p className="fb-dim fb-number">{linesText(excerpt.first + 1, excerpt.first + lines.length)}</p>
      ) : (
        output &&
        output.leftOut > 0 && (
          <p className="fb-dim">
            The first {formatBytes(output.leftOut)} are left out here; a search finds what is in them.
          </p>
        )
      )}
      <div
        className="fb-lines"
        role="log"
        aria-live="off"
        aria-label="Lines of the output"
        ref={scroller}
        style={{
          height: running || excerpt ? most : Math.min(most, Math.max(1, lines.length) * lineHeight + aside),
        }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys
        tabIndex={0}
        onWheel={({ deltaY }) => deltaY < 0 && setFollows(false)}
        onPointerDown={() => setFollows(false)}
        onKeyDown={({ key }) =>
          (key === 'ArrowUp' || key === 'PageUp' || key === 'Home') && setFollows(false)
        }
      >
        {output && lines.length === 0 && (
          <p className="fb-dim">{running ? 'Nothing printed yet.' : 'It printed nothing.'}</p>
        )}
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <pre
              key={index}
              className={found === index ? 'fb-found' : undefined}
              style={{ height: lineHeight, transform: `translateY(${start}px)` }}
            >
              {marked(lines[index] ?? '', words)}
            </pre>
          ))}
        </div>
      </div>
      {running && !follows && !excerpt && (
        <button type="button" className="fb-button fb-follow" onClick={() => setFollows(true)}>
          Follow
        </button>
      )}
    </section>
  );
}

const linesText = (from: number, to: number) =>
  from === to
    ? `Line ${from.toLocaleString('en-US')}`
    : `Lines ${from.toLocaleString('en-US')} to ${to.toLocaleString('en-US')}`;

function marked(line: string, words: string) {
  const from = words === '' ? -1 : line.toLowerCase().indexOf(words.toLowerCase());
  if (from < 0) return line;
  const to = from + words.length;
  return (
    <>
      {line.slice(0, from)}
      <mark>{line.slice(from, to)}</mark>
      {line.slice(to)}
    </>
  );
}
