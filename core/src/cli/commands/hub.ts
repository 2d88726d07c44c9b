import { once } from 'node:events';
import { type Command, Option } from 'commander';
import { ForebayError } from '../../api/errors.ts';
import { act } from '../act.ts';
import { argument } from '../misuse.ts';
import type { Session } from '../session.ts';

interface Options {
  listen: number;
  database: string;
  auth: 'token' | 'none';
}

/** Until it has accounts, a hub answers this machine alone. */
const listenArgument = argument((text) => {
  const port = /^(?:127\.0\.0\.1|localhost):(\d{1,5})$/.exec(text)?.[1];
  if (port !== undefined && Number(port) < 65_536) return Number(port);
  throw new ForebayError(
    'bad-request',
    `'${text}' is not an address that a hub can listen on.`,
    'It answers this machine alone: write it like 127.0.0.1:5000.',
  );
});

export function addHub(parent: Command, session: Session): void {
  parent
    .command('hub')
    .description("MLflow's tracking API over one database file, in the foreground until Ctrl-C")
    .addOption(
      new Option('--listen <address>', '127.0.0.1:PORT; 0 is any free port')
        .argParser(listenArgument)
        .default(5000, '127.0.0.1:5000'),
    )
    .requiredOption('--database <file>', 'made if need be; artifacts lie beside it')
    .addOption(
      new Option('--auth <how>', 'whether clients must send a token')
        .choices(['token', 'none'])
        .default('token'),
    )
    .action(
      act<Options, []>(session, async (context, { listen, database, auth }) => {
        // Loaded late: no other command needs what it needs.
        const { serveTracking } = await import('../../daemon/tracking/foreground.ts');
        const log = (error: unknown) => context.say(String(error));
        const hub = await serveTracking({ port: listen, database: context.resolve(database), auth, log });
        context.say(
          auth === 'none'
            ? `Answers everybody on this machine at ${hub.url}`
            : `export MLFLOW_TRACKING_URI=${hub.url} MLFLOW_TRACKING_TOKEN=${hub.token}`,
        );
        const { signal } = context.interrupts;
        await context.interrupts.during(async () => {
          if (!signal.aborted) await once(signal, 'abort');
          await hub.close();
        });
        return { json: { url: hub.url } };
      }),
    );
}
