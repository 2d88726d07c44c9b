import { mountCode } from '../../src/api/code/mountCode.ts';
import { formatRef } from '../../src/api/ref.ts';
import type { Placement } from '../../src/api/schemas.ts';
import { cancelJob } from '../actions/cancelJob.ts';
import { clearPlacements } from '../actions/clearPlacements.ts';
import { fillVersion } from '../actions/fillVersion.ts';
import { pinPlacement } from '../actions/pinPlacement.ts';
import { verifyPlacement } from '../actions/verifyPlacement.ts';
import { useHost } from '../host.ts';
import { GlyphButton } from '../parts/GlyphButton.tsx';

/** What can be done with what is cached, as icons at the end of its line. */
export function PlacementActions({ placement }: { placement: Placement }) {
  const host = useHost();
  const { state, path, pinned, job, dataset, version, cache, selection } = placement;
  const name = formatRef(dataset, version);
  const retry = () => void fillVersion(host, { ref: name, cache, ...(selection ?? {}) });
  return (
    <span className="fb-row-actions">
      {state === 'ready' && (
        <>
          {selection === null ? (
            <GlyphButton
              icon="insert"
              label={`Insert mount code of ${name}`}
              onClick={() => host.act('insert-mount', dataset, version)}
            />
          ) : (
            <GlyphButton
              icon="insert"
              label={`Copy mount code of this part of ${name}`}
              onClick={() => host.copy(mountCode(dataset, version, selection))}
            />
          )}
          <GlyphButton icon="copy" label={`Copy path of ${name}`} onClick={() => host.copy(path ?? '')} />
          <GlyphButton
            icon="pin"
            label={`Pin ${name}`}
            pressed={pinned}
            onClick={() => void pinPlacement(host, placement, !pinned)}
          />
          <GlyphButton
            icon="check"
            label={`Verify ${name}`}
            onClick={() => void verifyPlacement(host, placement)}
          />
        </>
      )}
      {state === 'failed' && <GlyphButton icon="retry" label={`Retry ${name}`} onClick={retry} />}
      {(state === 'ready' || state === 'failed') && (
        <GlyphButton
          icon="clear"
          label={`Clear ${name} from ${cache}`}
          onClick={() => void clearPlacements(host, [placement])}
        />
      )}
      {(state === 'queued' || state === 'filling') && job !== null && (
        <GlyphButton
          icon="close"
          label={`Cancel filling ${name}`}
          onClick={() => void cancelJob(host, job)}
        />
      )}
    </span>
  );
}
