import type { Command } from 'commander';
import { ForebayError } from '../../../api/errors.ts';
import type { Emission } from '../../../api/schemas.ts';
import { formatAgo } from '../../../api/text/moment.ts';
import { act } from '../../act.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../session.ts';
import { formatNumber, formatUntil, printable } from '../../text/format.ts';

const help = `
Each run sends START, and COMPLETE, FAIL or ABORT, as OpenLineage 2-0-2 describes them, one JSON value each. What can't be
delivered waits, also over a restart, and is tried again; a run never waits for it. A key for the address is taken from
OPENLINEAGE_API_KEY in the daemon's environment.`;

export function addLineageEmit(parent: Command, session: Session): void {
  parent
    .command('emit')
    .description("OpenLineage events of this home's runs: where they go, and how that went")
    .argument('[target]', "a file's path, an address that takes them, or 'off'")
    .addHelpText('after', help)
    .action(
      act<object, [string | undefined]>(session, async (context, _options, target) => {
        const emission = await change(context, target);
        return { json: emission, text: describe(emission) };
      }),
    );
}

async function change(context: Context, target: string | undefined): Promise<Emission> {
  const { lineage } = await context.client();
  if (target === undefined) return lineage.emission();
  if (target === 'off') return lineage.silence();
  return lineage.emit(isAddress(target) ? target : context.resolve(target));
}

function isAddress(target: string): boolean {
  if (/^https?:\/\//i.test(target)) return true;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) return false;
  throw new ForebayError(
    'bad-request',
    `'${target}' is no address that takes events.`,
    'Events go to http:// and https:// addresses, or to a file by its path.',
  );
}

function describe({ target, since, sent, waiting, refused, dropped, error, retry }: Emission): string {
  if (target === null || since === null)
    return 'No events are sent. Send them with: forebay lineage emit FILE|URL';
  const counts = [
    `${formatNumber(sent)} sent`,
    `${formatNumber(waiting)} waiting`,
    ...(refused > 0 ? [`${formatNumber(refused)} refused`] : []),
    ...(dropped > 0 ? [`${formatNumber(dropped)} given up, since 10,000 wait at most`] : []),
  ];
  const lines = [
    `Events go to ${printable(target)}, since ${formatAgo(since, Date.now())}: ${counts.join(', ')}.`,
  ];
  if (error) lines.push(`The last error, ${formatAgo(error.time, Date.now())}: ${printable(error.message)}`);
  if (retry) lines.push(`The next try: ${until(retry)}.`);
  return lines.join('\n');
}

function until(time: string): string {
  const left = formatUntil(time);
  return left === 'now' ? 'now' : `in ${left}`;
}
