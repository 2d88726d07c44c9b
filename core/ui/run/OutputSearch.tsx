import { GlyphButton } from '../parts/GlyphButton.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { type Matches, mostMatches } from './useMatches.ts';

/** Words that are looked for, how often they were found, and the way from one to the next. */
export function OutputSearch({ words, onWords, matches, at, onShow }: OutputSearchProps) {
  return (
    <>
      <SearchBox value={words} onChange={onWords} label="Search the output" placeholder="Search" />
      {words !== '' && (
        <>
          <span className="fb-dim fb-number" aria-live="polite" title={matches.problem ?? undefined}>
            {said(matches, at)}
          </span>
          <GlyphButton icon="up" label="One before" onClick={() => onShow(at - 1)} />
          <GlyphButton icon="down" label="Next one" onClick={() => onShow(at + 1)} />
        </>
      )}
    </>
  );
}

function said({ all, complete, problem }: Matches, at: number): string {
  if (problem !== null && all.length === 0) return 'not searched';
  if (all.length === 0) return complete ? 'not found' : 'searching';
  const more = complete && all.length < mostMatches && problem === null ? '' : '+';
  return `${(at + 1).toLocaleString('en-US')} of ${all.length.toLocaleString('en-US')}${more}`;
}

interface OutputSearchProps {
  words: string;
  onWords: (words: string) => void;
  matches: Matches;
  /** The one that is shown. */
  at: number;
  onShow: (at: number) => void;
}
