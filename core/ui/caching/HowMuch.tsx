import { useId, useMemo, useState } from 'react';
import { ForebayError } from '../../src/api/errors.ts';
import type { FileEntry, Selection } from '../../src/api/schemas.ts';
import { selectionOf } from '../../src/api/selection.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import { PartTree } from './PartTree.tsx';
import { selectionOfTicked, sizeOfTicked, type Ticked } from './partTree.ts';
import { useFolders } from './useFolders.ts';

/** What is wanted of a version; null: the whole. 'nothing': a part, of which nothing is chosen yet. */
export type Wanted = Selection | null | 'nothing' | { wrong: string };

/** The whole version, or a part: folders that are ticked, or globs. */
export function HowMuch({ of, onWant }: { of: string; onWant: (wanted: Wanted) => void }) {
  const group = useId();
  const [part, setPart] = useState(false);
  return (
    <fieldset className="fb-how-much">
      <legend>How much</legend>
      <label>
        <input
          type="radio"
          name={group}
          checked={!part}
          onChange={() => {
            setPart(false);
            onWant(null);
          }}
        />
        Whole version
      </label>
      <label>
        <input
          type="radio"
          name={group}
          checked={part}
          onChange={() => {
            setPart(true);
            onWant('nothing');
          }}
        />
        A part of it
      </label>
      {part && <Part of={of} onWant={onWant} />}
    </fieldset>
  );
}

function Part({ of, onWant }: { of: string; onWant: (wanted: Wanted) => void }) {
  const { folders, open } = useFolders(of);
  const [ticked, setTicked] = useState<Ticked>(new Set());
  const [globs, setGlobs] = useState('');
  const seen = useMemo(() => {
    const entries = new Map<string, FileEntry>();
    for (const folder of folders.values()) {
      if (folder.state === 'ready') for (const entry of folder.entries) entries.set(entry.path, entry);
    }
    return entries;
  }, [folders]);
  const childrenOf = (path: string) => {
    const folder = folders.get(path);
    return folder?.state === 'ready' ? folder.entries.map((entry) => entry.path) : undefined;
  };
  const tick = (next: Ticked) => {
    setTicked(next);
    setGlobs('');
    // Everything ticked is still asked for as what it is: the whole version.
    onWant(checked(() => selectionOfTicked(next, childrenOf)));
  };
  const writeGlobs = (text: string) => {
    setGlobs(text);
    setTicked(new Set());
    onWant(wantedOf(text));
  };
  const { files, bytes } = sizeOfTicked(ticked, seen);
  const said = ticked.has('')
    ? 'Everything is ticked: that is the whole version.'
    : ticked.size === 0
      ? 'Nothing is ticked yet.'
      : `Ticked: ${formatCount(files, 'file')}, ${formatBytes(bytes)}`;
  return (
    <div className="fb-part">
      <PartTree
        folders={folders}
        onOpen={open}
        ticked={globs === '' ? ticked : new Set()}
        onTick={tick}
        childrenOf={childrenOf}
      />
      <p className="fb-dim fb-number" role="status">
        {globs === '' ? said : 'By globs'}
      </p>
      <label className="fb-globs">
        <span>Or by globs</span>
        <input
          className="fb-input"
          value={globs}
          spellCheck={false}
          placeholder="images/00*, *.csv"
          onChange={(event) => writeGlobs(event.target.value)}
        />
      </label>
    </div>
  );
}

/** Globs with commas between them, except inside of braces. */
function wantedOf(text: string): Wanted {
  const include = text
    .split(/,(?![^{]*\})/)
    .map((glob) => glob.trim())
    .filter(Boolean);
  return checked(() => selectionOf({ include }) ?? 'nothing');
}

function checked(wanted: () => Wanted): Wanted {
  try {
    return wanted();
  } catch (error) {
    const { message, hint } = ForebayError.from(error);
    return { wrong: [message, hint].filter(Boolean).join(' ') };
  }
}
