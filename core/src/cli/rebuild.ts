import { ForebayError } from '../api/errors.ts';
import type { Rebuilt } from '../api/schemas.ts';
import { formatCount } from '../api/text/units.ts';
import { Client } from '../client/index.ts';
import { findDaemon, unixTransport, waitUntilGone } from '../daemon/launch/index.ts';
import type { Context } from './context.ts';

/** Ends the daemon so that the next one makes its database anew. Throws `in-use` while it works on something. */
export async function endForRebuild(context: Context): Promise<void> {
  const daemon = await findDaemon({ env: context.env });
  if (!daemon) return;
  const client = new Client(unixTransport(daemon.socketPath));
  // A daemon whose database is damaged may not tell: then there is nothing to wait for.
  const jobs = await client.app.status().then(
    (status) => status.jobs,
    () => [],
  );
  if (jobs.length > 0) {
    throw new ForebayError(
      'in-use',
      `The daemon is at work: ${jobs.map(({ title }) => title).join(', ')}.`,
      'Wait until that has ended or cancel it, then try again.',
    );
  }
  await client.app.shutdown();
  await waitUntilGone(daemon);
}

export interface Found {
  rebuilt: Rebuilt;
  datasets: number;
}

/** Throws `daemon-unreachable` where another program was quicker to start a daemon, so that nothing was made anew. */
export async function whatWasFound(client: Client, started: boolean): Promise<Found> {
  const rebuilt = started ? await client.app.rebuilt() : null;
  if (!rebuilt) {
    throw new ForebayError(
      'daemon-unreachable',
      'Another program started the daemon in this very moment, so its database stays as it was.',
      'Close editors that use it, and try again.',
    );
  }
  return { rebuilt, datasets: (await client.datasets.list()).length };
}

export function describeRebuild({ rebuilt, datasets }: Found): string {
  const { aside, caches, quietUntil } = rebuilt;
  const found = caches.map(
    ({ name, placements, path }) => `  ${name}: ${formatCount(placements, 'cached version')} (${path})`,
  );
  return [
    `Made the database anew: ${formatCount(datasets, 'dataset')} in the lake, ${formatCount(caches.length, 'cache')}.`,
    ...found,
    `Who uses what isn't known any more: mount again what you use. Nothing is cleared unasked until ${quietUntil}.`,
    aside === null ? 'There was no database before.' : `The former database is kept as ${aside}.`,
  ].join('\n');
}
