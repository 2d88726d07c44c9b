import { useState } from 'react';
import { ForebayError } from '../../src/api/errors.ts';
import type { CacheTest } from '../../src/api/schemas.ts';
import { formatBytes } from '../../src/api/text/units.ts';
import { useHost } from '../host.ts';
import { ProblemNote } from '../parts/ProblemNote.tsx';
import {
  cacheVerdict,
  nameProblem,
  numberOf,
  problemOf,
  readCapacity,
  readTtl,
  writeBytes,
} from './cacheForm.ts';
import { Field } from './Field.tsx';
import { TestOutcome } from './TestOutcome.tsx';
import { useTest } from './useTest.ts';

/** Attaches a folder as a cache; tried before. The test suggests how much of the disk it may take. */
export function AttachCache({ names, onAttached }: { names: readonly string[]; onAttached: () => void }) {
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <div className="fb-buttons">
        <button type="button" className="fb-button" onClick={() => setOpen(true)}>
          Attach a cache…
        </button>
      </div>
    );
  }
  const close = () => setOpen(false);
  return (
    <AttachForm
      names={names}
      onLeave={close}
      onAttached={() => {
        close();
        onAttached();
      }}
    />
  );
}

function AttachForm({ names, onAttached, onLeave }: AttachFormProps) {
  const host = useHost();
  const [name, setName] = useState('');
  const [path, setPath] = useState('');
  const [capacity, setCapacity] = useState('');
  const [ttl, setTtl] = useState('1d');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ForebayError | null>(null);
  const test = useTest<CacheTest>();
  const { tested } = test;
  const suggested = tested.state === 'done' ? tested.found.suggestedCapacity : undefined;
  const bytes = capacity === '' ? suggested : numberOf(readCapacity(capacity));
  const seconds = numberOf(readTtl(ttl));
  const wrongName = nameProblem(name, names);
  const run = () => test.run(() => host.client.caches.test(path.trim()));
  const attach = async () => {
    setProblem(null);
    const found = tested.state === 'done' ? tested.found : await run();
    if (!found?.ok) return;
    setBusy(true);
    try {
      const cache = await host.client.caches.attach({
        name,
        path: path.trim(),
        capacity: bytes ?? found.suggestedCapacity,
        ...(seconds === undefined ? {} : { ttlSeconds: seconds }),
      });
      host.notify({
        kind: 'done',
        text: `${cache.name} is attached, for up to ${formatBytes(cache.capacity)}.`,
      });
      onAttached();
    } catch (error) {
      setProblem(ForebayError.from(error));
    } finally {
      setBusy(false);
    }
  };
  const more = tested.state === 'done' && bytes !== undefined && bytes > tested.found.size;
  return (
    <form
      className="fb-set-up-form"
      aria-label="Attach a cache"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <Field label="Name" value={name} onChange={setName} placeholder="gpu-hall" problem={wrongName} />
      <Field
        label="Folder"
        value={path}
        onChange={(next) => {
          setPath(next);
          setProblem(null);
          test.forget();
        }}
        placeholder="/mnt/nvme/forebay"
        note="An absolute path where Forebay's daemon runs; made if need be."
      />
      <Field
        label="Capacity"
        value={capacity}
        onChange={setCapacity}
        placeholder={suggested === undefined ? '2TB' : writeBytes(suggested)}
        problem={problemOf(readCapacity(capacity))}
        note={
          more
            ? `More than its disk has (${formatBytes(tested.state === 'done' ? tested.found.size : 0)}): the disk is what counts then.`
            : suggested === undefined
              ? 'How much it may hold, like 500GB or 2TB. The test suggests it.'
              : `Empty: ${formatBytes(suggested)}, which leaves a fifth of what is free.`
        }
      />
      <Field
        label="Keep"
        value={ttl}
        onChange={setTtl}
        placeholder="1d"
        problem={problemOf(readTtl(ttl))}
        note="How long after its last use a version stays, like 12h, 1d or 2w."
      />
      <div className="fb-buttons">
        <button
          type="submit"
          className="fb-button"
          disabled={path.trim() === '' || tested.state === 'running'}
        >
          Test folder
        </button>
        <button
          type="button"
          className="fb-button fb-button-main"
          disabled={
            busy ||
            name === '' ||
            wrongName !== undefined ||
            path.trim() === '' ||
            seconds === undefined ||
            problemOf(readCapacity(capacity)) !== undefined ||
            tested.state === 'running'
          }
          onClick={() => void attach()}
        >
          Attach cache
        </button>
        <button type="button" className="fb-button" onClick={onLeave}>
          Close
        </button>
      </div>
      {problem && <ProblemNote error={problem} />}
      <TestOutcome test={test} verdict={cacheVerdict} />
    </form>
  );
}

interface AttachFormProps {
  names: readonly string[];
  onAttached: () => void;
  onLeave: () => void;
}
