import type { FileChange } from '@forebay/core/api/schemas';
import { formatAgo, formatMoment } from '@forebay/core/api/text/moment';
import { formatBytes } from '@forebay/core/api/text/units';
import type { FileChanges } from '@forebay/core/ui/fileHistory/nextChanges';
import { type Way, waysTo } from '@forebay/core/ui/fileHistory/waysTo';
import { ReactWidget } from '@jupyterlab/ui-components';
import { useState } from 'react';
import { notifyError } from '../actions/notify.ts';

export interface FileHistoryProps {
  first: FileChanges;
  /** What comes after a page's `next`. */
  more: (next: string) => Promise<FileChanges>;
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
  const [reading, setReading] = useState(false);
  const readMore = async (from: string) => {
    setReading(true);
    try {
      const page = await more(from);
      setKnown({ items: [...items, ...page.items], next: page.next });
    } catch (error) {
      notifyError(error);
    } finally {
      setReading(false);
    }
  };
  return (
    <div className="fb-file-history">
      <ul aria-label="Versions that changed it">
        {items.map((change) => (
          <Change key={change.version.version} change={change} all={items} onChoose={onChoose} />
        ))}
      </ul>
      {next !== null && (
        <button
          type="button"
          className="fb-text-button"
          aria-disabled={reading}
          onClick={() => reading || void readMore(next)}
        >
          {reading ? 'Looking at earlier versions…' : 'Look at earlier versions'}
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
