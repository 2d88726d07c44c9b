import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { formatBytes } from '../../src/api/text/units.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';
import { GlyphButton } from '../parts/GlyphButton.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { findLines } from './outputLines.ts';
import { useOutput } from './useOutput.ts';

/** Pixels. */
const lineHeight = 18;
/** Of the box that the lines are in, and of it what isn't for lines: its border, and the bar of those that are long. */
const most = 280;
const aside = 18;

/** What the run printed: it follows until somebody scrolls, and again when it is told to; it can be searched. */
export function Output({ id, running }: { id: string; running: boolean }) {
  const { output, failure, reload } = useOutput(id);
  const lines = output?.lines ?? [];
  const scroller = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => findLines(lines, words), [lines, words]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  useEffect(() => {
    if (follows && lines.length > 0) virtual.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [follows, lines.length, virtual]);
  const show = (next: number) => {
    if (found.length === 0) return;
    const index = (next + found.length) % found.length;
    setAt(index);
    setFollows(false);
    virtual.scrollToIndex(found[index] ?? 0, { align: 'center' });
  };
  return (
    <section className="fb-output" aria-label="Output">
      <div className="fb-toolbar">
        <h3>Output</h3>
        <SearchBox
          value={words}
          onChange={(next) => {
            setWords(next);
            setAt(0);
          }}
          label="Search the output"
          placeholder="Search"
        />
        {words !== '' && (
          <>
            <span className="fb-dim fb-number" aria-live="polite">
              {found.length === 0 ? 'not found' : `${at + 1} of ${found.length.toLocaleString('en-US')}`}
            </span>
            <GlyphButton icon="up" label="One before" onClick={() => show(at - 1)} />
            <GlyphButton icon="down" label="Next one" onClick={() => show(at + 1)} />
          </>
        )}
      </div>
      {failure && <FailureFace failure={failure} onRetry={reload} known={output !== undefined} />}
      {!output && !failure && <Skeleton label="Reading the output" />}
      {output && output.leftOut > 0 && (
        <p className="fb-dim">The first {formatBytes(output.leftOut)} are left out.</p>
      )}
      <div
        className="fb-lines"
        role="log"
        aria-live="off"
        aria-label="Lines of the output"
        ref={scroller}
        style={{ height: running ? most : Math.min(most, Math.max(1, lines.length) * lineHeight + aside) }}
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
              className={found[at] === index ? 'fb-found' : undefined}
              style={{ height: lineHeight, transform: `translateY(${start}px)` }}
            >
              {marked(lines[index] ?? '', words)}
            </pre>
          ))}
        </div>
      </div>
      {running && !follows && (
        <button type="button" className="fb-button fb-follow" onClick={() => setFollows(true)}>
          Follow
        </button>
      )}
    </section>
  );
}

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
