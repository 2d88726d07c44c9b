import { useState } from 'react';
import type { CacheStore, Placement } from '../../src/api/schemas.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import { useHost } from '../host.ts';
import { agesOutAtOnce } from './agesOutAtOnce.ts';
import { numberOf, problemOf, readCapacity, readTtl, writeBytes, writeTtl } from './cacheForm.ts';
import { Field } from './Field.tsx';

/** How much a cache may hold and how long it keeps what nobody uses; what a change takes away is said before. */
export function ChangeCache({ cache, placements, onDone }: ChangeCacheProps) {
  const host = useHost();
  const [capacity, setCapacity] = useState(writeBytes(cache.capacity));
  const [ttl, setTtl] = useState(writeTtl(cache.ttlSeconds));
  const bytes = numberOf(readCapacity(capacity));
  const seconds = numberOf(readTtl(ttl));
  const gone = seconds === undefined ? [] : agesOutAtOnce(placements, seconds, Date.now());
  const save = async () => {
    if (bytes === undefined || seconds === undefined) return;
    try {
      // What is shown is rounded: who didn't touch it doesn't change it.
      const same = capacity === writeBytes(cache.capacity);
      await host.client.caches.change(cache.name, {
        ...(same ? {} : { capacity: bytes }),
        ttlSeconds: seconds,
      });
      onDone();
    } catch (error) {
      host.notify({ kind: 'failed', error });
    }
  };
  return (
    <form
      className="fb-set-up-form"
      aria-label={`Change ${cache.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label="Capacity"
        value={capacity}
        onChange={setCapacity}
        problem={problemOf(readCapacity(capacity))}
        note={
          bytes !== undefined && bytes < cache.used
            ? `Less than the ${formatBytes(cache.used)} that are used: versions are pushed out at the next fill.`
            : 'How much it may hold, like 500GB or 2TB.'
        }
      />
      <Field
        label="Keep"
        value={ttl}
        onChange={setTtl}
        problem={problemOf(readTtl(ttl))}
        note={
          gone.length > 0
            ? `${formatCount(gone.length, 'version')} (${formatBytes(gone.reduce((sum, { bytes: each }) => sum + each, 0))}) would age out at once.`
            : 'How long after its last use a version stays, like 12h, 1d or 2w.'
        }
      />
      <div className="fb-buttons">
        <button
          type="submit"
          className="fb-button fb-button-main"
          disabled={bytes === undefined || seconds === undefined}
        >
          Save
        </button>
        <button type="button" className="fb-button" onClick={onDone}>
          Close
        </button>
      </div>
    </form>
  );
}

interface ChangeCacheProps {
  cache: CacheStore;
  placements: readonly Placement[];
  onDone: () => void;
}
