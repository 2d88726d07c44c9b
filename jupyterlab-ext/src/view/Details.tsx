import { formatBytes, formatCount } from '@forebay/core/api/units';
import { closeIcon } from '@jupyterlab/ui-components';
import { levelSentence } from '../model/level.ts';
import { placementSentences } from '../model/placementSentences.ts';
import type { VersionRow } from '../model/rows.ts';
import { formatAge, formatMoment } from '../model/text.ts';
import { canClear, primaryAction } from '../model/versionActions.ts';
import { commandIds } from '../plugins/commandIds.ts';
import { Gauge } from './Gauge.tsx';
import { useHost } from './host.ts';
import { IconButton } from './IconButton.tsx';
import { MiddleName } from './MiddleName.tsx';

/** Everything about the chosen version, with its actions in words. */
export function Details({ row, now, onClose }: { row: VersionRow; now: number; onClose: () => void }) {
  const { run } = useHost();
  const { version, level } = row;
  const args = { dataset: row.dataset, version: version.version };
  const action = primaryAction(level);
  const age = formatAge(version.time, now);
  return (
    <section className="fb-section fb-details" aria-label={`About ${row.key}`}>
      <div className="fb-details-head">
        <h3 className="fb-details-title">
          <MiddleName name={row.key} />
        </h3>
        <IconButton icon={closeIcon} label="Close details" onClick={onClose} />
      </div>
      {version.message !== '' && <p className="fb-message">{version.message}</p>}
      <p className="fb-number">
        {formatCount(version.files, 'file')}, {formatBytes(version.bytes)}
      </p>
      <p className="fb-dim fb-number" title={formatMoment(version.time)}>
        {version.author}, {age === 'now' ? 'just now' : `${age} ago`}
      </p>
      <p className="fb-dim fb-number" title="Files added, changed and removed since the version before">
        {`+${version.added.toLocaleString('en-US')} added, ~${version.changed.toLocaleString('en-US')} changed, −${version.removed.toLocaleString('en-US')} removed`}
      </p>
      <p className="fb-details-level">
        <Gauge level={level} />
        <span>{levelSentence(level)}</span>
      </p>
      {placementSentences(level, now).map((sentence) => (
        <p key={sentence} className={level.kind === 'failed' ? 'fb-problem' : 'fb-dim fb-number'}>
          {sentence}
        </p>
      ))}
      <div className="fb-buttons">
        {action.kind === 'cache' && (
          <button
            type="button"
            className="fb-button fb-button-main"
            onClick={() => run(commandIds.cache, args)}
          >
            {level.kind === 'failed' ? 'Try again' : 'Cache version'}
          </button>
        )}
        {action.kind === 'cancel' && (
          <button
            type="button"
            className="fb-button"
            onClick={() => run(commandIds.cancel, { id: action.job })}
          >
            Cancel
          </button>
        )}
        {canClear(level) && (
          <button type="button" className="fb-button" onClick={() => run(commandIds.clear, args)}>
            Clear from cache
          </button>
        )}
        <button type="button" className="fb-button" onClick={() => run(commandIds.insertMount, args)}>
          Insert mount code
        </button>
      </div>
    </section>
  );
}
