import { formatAgo } from '@forebay/core/api/text/moment';
import { versionSentence } from '@forebay/core/api/text/pullText';
import { MiddleName } from '@forebay/core/ui';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import { changesBrief } from './changeText.ts';
import type { FolderStatus } from './FolderStatus.ts';

export interface StatusActions {
  sync: (folder: string) => void;
  pull: (folder: string) => void;
  openDataset: (dataset: string) => void;
}

/** Above JupyterLab's listing: which version the folder stands on, what changed in it, and what to do about that. */
export class StatusBar extends ReactWidget {
  readonly #status: FolderStatus;
  readonly #actions: StatusActions;

  constructor(status: FolderStatus, actions: StatusActions) {
    super();
    this.#status = status;
    this.#actions = actions;
    this.addClass('fb-folder-bar');
    const show = () => this.setHidden(status.status === null);
    status.changed.connect(show);
    show();
  }

  protected override render() {
    return <UseSignal signal={this.#status.changed}>{() => this.#line()}</UseSignal>;
  }

  #line() {
    const { status } = this.#status;
    if (!status) return null;
    const { dataset, base, folder, newest, large } = status;
    const { sync, pull, openDataset } = this.#actions;
    const hasChanges = status.added + status.changed + status.removed > 0;
    return (
      <div className="fb-folder-line" role="status" aria-label="Working copy">
        <button
          type="button"
          className="fb-folder-name"
          title={`Open ${dataset}`}
          onClick={() => openDataset(dataset)}
        >
          <MiddleName name={dataset} />
        </button>
        <span className="fb-dim">{base === 0 ? 'not synced yet' : `v${base}`}</span>
        <span className={hasChanges ? 'fb-changed' : 'fb-dim'} title={detail(status)}>
          {large ? 'many files' : changesBrief(status)}
        </span>
        <span className="fb-push" />
        {large && (
          <button
            type="button"
            className="fb-text-button"
            title="More than 200,000 files: they are looked at when you say so"
            onClick={() => void this.#status.look(true)}
          >
            Count
          </button>
        )}
        {(hasChanges || large || base === 0) && (
          <button type="button" className="fb-text-button" onClick={() => sync(folder)}>
            Sync…
          </button>
        )}
        {newest && (
          <button
            type="button"
            className="fb-text-button"
            title={`Newer: ${versionSentence(newest, Date.now())}`}
            aria-label={`Pull v${newest.version}, made ${formatAgo(newest.time, Date.now())}`}
            onClick={() => pull(folder)}
          >
            Pull v{newest.version}…
          </button>
        )}
      </div>
    );
  }
}

function detail({ added, changed, removed }: { added: number; changed: number; removed: number }): string {
  return `${added} added, ${changed} changed, ${removed} removed; files that were only touched count until they are read`;
}
