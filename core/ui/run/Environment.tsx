import { useRef } from 'react';
import { recordedFiles } from '../../src/api/run/recordedFiles.ts';
import type { Run } from '../../src/api/schemas.ts';
import { formatBytes } from '../../src/api/text/units.ts';
import type { Client } from '../../src/client/client.ts';
import { concernsRun, useLive } from '../live/useLive.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { Pairs } from '../parts/Pairs.tsx';

/** The machine and the packages that it ran with. */
export function Environment({ run }: { run: Run }) {
  const awaited = useRef(false);
  const { value, failure, reload } = useLive(
    ({ runs }) => environmentOf(runs, run.id),
    (event) => awaited.current && concernsRun(run.id)(event),
    [run.id, run.state],
  );
  // A run that only logs, without Forebay around it, has none ever.
  awaited.current = value?.complete === false && run.state === 'running' && run.command !== null;
  if (!value) {
    return failure ? (
      <FailureFace failure={failure} onRetry={reload} known={false} />
    ) : (
      <Skeleton label="Reading" />
    );
  }
  if (awaited.current) {
    return (
      <EmptyFace title="The environment is being recorded">
        <p className="fb-dim">It is read beside the command, and shown here within seconds.</p>
      </EmptyFace>
    );
  }
  if (value.machine === null) {
    return (
      <EmptyFace title="No environment was recorded">
        <p className="fb-dim">Runs that Forebay starts have one.</p>
      </EmptyFace>
    );
  }
  return (
    <div className="fb-body">
      <Pairs title="Machine" pairs={factsOf(value.machine)} empty="" />
      <Pairs title="Packages" pairs={value.packages} empty="No Python was found." />
    </div>
  );
}

async function environmentOf(runs: Client['runs'], id: string) {
  const { items } = await runs.artifacts(id, 'forebay');
  const files = new Set(items.map(({ path }) => path));
  const read = async (path: string) =>
    files.has(path) ? new TextDecoder().decode(await runs.artifact(id, path)) : null;
  const [about, locked] = await Promise.all([
    read(recordedFiles.environment),
    read(recordedFiles.requirements),
  ]);
  const lines = (locked ?? '').split('\n').filter(Boolean);
  const machine = about === null ? null : (JSON.parse(about) as Record<string, unknown>);
  return {
    machine,
    complete: machine !== null && (machine.python === null || locked !== null),
    packages: lines.map((line): [string, string] => {
      const [name = line, version = ''] = line.split(/(?:==| @ )(.*)/s);
      return [name, version];
    }),
  };
}

/** Whatever was recorded, nested names joined: a later runner may record more. */
export function factsOf(about: Record<string, unknown>, prefix = ''): [string, string][] {
  return Object.entries(about).flatMap(([key, value]): [string, string][] => {
    const name = prefix === '' ? key : `${prefix} ${key}`;
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    if (Array.isArray(value)) return [[name, value.join(', ')]];
    if (typeof value === 'object') return factsOf(value as Record<string, unknown>, name);
    const isBytes = typeof value === 'number' && /memory/i.test(key);
    return [[name, isBytes ? formatBytes(value) : String(value)]];
  });
}
