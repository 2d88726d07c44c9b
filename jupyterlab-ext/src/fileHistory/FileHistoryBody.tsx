import type { FileChange } from '@forebay/core/api/schemas';
import { formatAgo, formatMoment } from '@forebay/core/api/text/moment';
import { formatBytes, formatCount } from '@forebay/core/api/text/units';
import type { FileChanges, LookOptions } from '@forebay/core/ui/fileHistory/nextChanges';
import { type Way, waysTo } from '@forebay/core/ui/fileHistory/waysTo';
import { ReactWidget } from '@jupyterlab/ui-components';
import { useEffect, useState } from 'react';
import { notifyError } from '../actions/notify.ts';

export interface FileHistoryProps {
  first: FileChanges;
  /** What comes after a page's `next`. */
  more: (next: string, options: LookOptions) => Promise<FileChanges>;
  onChoose: (way: Way) => void;
}

/** Which versions changed a file, and ways to look at what it was. */
export class FileHistoryBody extends ReactWidget {
  readonly #props: FileHistoryProps;

  constructor(props: FileHistoryProps) {
    super();
    this.#props = props;
    this.addClass('fb-job-dialog');
  }

  protected override render() {
    return <FileHistory {...this.#props} />;
  }
}

function FileHistory({ first, more, onChoose }: FileHistoryProps) {
  const [{ items, next }, setKnown] = useState(first);
  /** What is being looked for, and in how many versions it was so far. */
  const [reading, setReading] = useState<{ end: AbortController; looked: number } | null>(null);
  // Who closes the dialog waits no longer.
  useEffect(() => () => reading?.end.abort(), [reading?.end]);
  const readMore = async (from: string) => {
    const end = new AbortController();
    const onLooked = (looked: number) => setReading({ end, looked });
    onLooked(0);
    try {
      const page = await more(from, { signal: end.signal, onLooked });
      setKnown({ items: [...items, ...page.items], next: page.next });
    } catch (error) {
      if (!end.signal.aborted) notifyError(error);
    } finally {
      setReading(null);
    }
  };
  return (
    <div className="fb-file-history">
      <ul aria-label="Versions that changed it">
        {items.map((change) => (
          <Change key={change.version.version} change={change} all={items} onChoose={onChoose} />
        ))}
      </ul>
      {reading && (
        <div className="fb-job-body">
          <progress aria-label="Looking at earlier versions" />
          <p role="status">
            {[
              'Looking at earlier versions',
              reading.looked > 0 && `${formatCount(reading.looked, 'version')} so far`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
      )}
      {next !== null && (
        <button
          type="button"
          className="fb-text-button"
          onClick={() => (reading ? reading.end.abort() : void readMore(next))}
        >
          {reading ? 'Stop looking' : 'Look at earlier versions'}
        </button>
      )}
    </div>
  );
}

function Change({ change, all, onChoose }: ChangeProps) {
  const { version, is, kind, size } = change;
  const { tags, time, author, message } = version;
  const what = [is, kind === 'file' && formatBytes(size), kind === 'link' && 'link', ...tags];
  return (
    <li>
      <strong className="fb-number">v{version.version}</strong>
      <div className="fb-file-history-what">
        <span className={`fb-${is}`}>{what.filter(Boolean).join(' · ')}</span>
        <span className="fb-dim" title={formatMoment(time)}>
          {[formatAgo(time, Date.now()), author, message].filter(Boolean).join(' · ')}
        </span>
      </div>
      {waysTo(change, all).map((way) => (
        <button
          key={way.kind}
          type="button"
          className="fb-text-button"
          aria-label={`${labelOf(way)}, of v${version.version}`}
          onClick={() => onChoose(way)}
        >
          {labelOf(way)}
        </button>
      ))}
    </li>
  );
}

const labelOf = (way: Way): string =>
  way.kind === 'open' ? `Open v${way.version}` : `Compare with v${way.from}`;

interface ChangeProps {
  change: FileChange;
  all: readonly FileChange[];
  onChoose: (way: Way) => void;
}
