import { formatRef } from '@forebay/core/api/ref';
import type { SyncPreview } from '@forebay/core/api/schemas';
import { previewSentence } from '@forebay/core/api/text/previewText';
import { versionSentence } from '@forebay/core/api/text/pullText';
import { suggestName } from '@forebay/core/api/text/suggestName';
import { formatBytes, formatCount } from '@forebay/core/api/text/units';
import type { Dialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { ReactWidget } from '@jupyterlab/ui-components';
import { ChangeItems } from './ChangeItems.tsx';

export interface SyncAnswer {
  name: string;
  message: string;
  tag: string;
}

/** What a sync will make, and what a person says about it. */
export class SyncBody extends ReactWidget implements Dialog.IBodyWidget<SyncAnswer> {
  readonly #preview: SyncPreview;
  #answer: SyncAnswer;

  constructor(preview: SyncPreview) {
    super();
    this.#preview = preview;
    const name = preview.dataset ?? suggestName(PathExt.basename(preview.folder));
    this.#answer = { name, message: '', tag: '' };
    this.addClass('fb-job-dialog');
  }

  getValue(): SyncAnswer {
    const { name, message, tag } = this.#answer;
    return { name: name.trim(), message: message.trim(), tag: tag.trim() };
  }

  protected override render() {
    return (
      <SyncForm preview={this.#preview} first={this.#answer} onChange={(answer) => (this.#answer = answer)} />
    );
  }
}

function SyncForm({ preview, first, onChange }: SyncFormProps) {
  const { dataset, base, newer, files, bytes, changes } = preview;
  const said = previewSentence(preview);
  const answer = { ...first };
  const set = (key: keyof SyncAnswer) => (event: { target: { value: string } }) => {
    answer[key] = event.target.value;
    onChange({ ...answer });
  };
  const newest = newer.at(-1);
  const what =
    dataset === null
      ? 'The first version'
      : base === 0
        ? 'Nothing was synced before'
        : `Since ${formatRef(dataset, base)}`;
  return (
    <div className="fb-sync-body">
      {newest && (
        <p className="fb-newer-note" role="alert">
          {formatCount(newer.length, 'newer version')}: {versionSentence(newest, Date.now())}. Pull first to
          bring {newer.length === 1 ? 'it' : 'them'} in; to replace makes this folder the next version and
          leaves out what others changed.
        </p>
      )}
      <p>
        {what}: <strong>{said || 'nothing has changed'}</strong>
      </p>
      <p className="fb-dim">
        The version will have {formatCount(files, 'file')}, {formatBytes(bytes)}.
      </p>
      {changes.length > 0 && <ChangeItems preview={preview} />}
      {dataset === null && (
        <label>
          Dataset
          <input
            className="jp-mod-styled"
            type="text"
            defaultValue={first.name}
            onChange={set('name')}
            spellCheck={false}
          />
          <span className="fb-dim">Lower-case letters, digits, dots, hyphens and underscores.</span>
        </label>
      )}
      {(said !== '' || dataset === null) && (
        <>
          <label>
            Message
            <input
              className="jp-mod-styled"
              type="text"
              placeholder="What changed, and why"
              onChange={set('message')}
            />
          </label>
          <label>
            Tag
            <input
              className="jp-mod-styled"
              type="text"
              placeholder="A name for this version, if it needs one"
              onChange={set('tag')}
              spellCheck={false}
            />
          </label>
        </>
      )}
    </div>
  );
}

interface SyncFormProps {
  preview: SyncPreview;
  first: SyncAnswer;
  onChange: (answer: SyncAnswer) => void;
}
