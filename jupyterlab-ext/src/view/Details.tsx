import type { Placement } from '@forebay/core/api/schemas';
import { describeSelection } from '@forebay/core/api/selection';
import { formatAgo, formatMoment } from '@forebay/core/api/text/moment';
import { formatBytes, formatCount } from '@forebay/core/api/text/units';
import { Gauge, MiddleName } from '@forebay/core/ui';
import { levelSentence } from '@forebay/core/ui/level/level';
import { placementSentences } from '@forebay/core/ui/level/placementSentences';
import { useKeptFocus } from '@forebay/core/ui/parts/useKeptFocus';
import { closeIcon } from '@jupyterlab/ui-components';
import { useRef } from 'react';
import type { VersionRow } from '../model/tree/rows.ts';
import { canCache, canClear, primaryAction } from '../model/versionActions.ts';
import { commandIds } from '../plugins/commandIds.ts';
import { useHost } from './host.ts';
import { IconButton } from './IconButton.tsx';

const partWords: Record<Placement['state'], string> = {
  queued: 'A part is on its way to',
  filling: 'A part is on its way to',
  ready: 'A part is on',
  evicting: 'A part is being cleared from',
  failed: 'A part could not be put on',
};

/** Everything about the chosen version, with its actions in words. */
export function Details({ row, parts, now, onClose }: DetailsProps) {
  const { run } = useHost();
  const section = useRef<HTMLElement>(null);
  const keptFocus = useKeptFocus(section);
  const { version, level } = row;
  const args = { dataset: row.dataset, version: version.version };
  const action = primaryAction(level);
  return (
    <section
      ref={section}
      className="fb-section fb-details"
      aria-label={`About ${row.key}`}
      tabIndex={-1}
      {...keptFocus}
    >
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
        {version.author}, {formatAgo(version.time, now)}
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
      {parts.map(({ id, state, cache, selection, bytes }) => (
        <p key={id} className="fb-dim fb-number">
          {`${partWords[state]} ${cache}: ${selection ? describeSelection(selection) : ''}, ${formatBytes(bytes)}`}
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
        {canCache(level) && (
          <button type="button" className="fb-button" onClick={() => run(commandIds.cacheWith, args)}>
            Cache version…
          </button>
        )}
        {level.kind === 'cached' && (
          <button
            type="button"
            className="fb-button"
            onClick={() => run(level.placement.pinned ? commandIds.unpin : commandIds.pin, args)}
          >
            {level.placement.pinned ? 'Unpin' : 'Pin'}
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

interface DetailsProps {
  row: VersionRow;
  /** Of this version, on whichever cache. */
  parts: readonly Placement[];
  now: number;
  onClose: () => void;
}
