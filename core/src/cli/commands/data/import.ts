import type { Command } from 'commander';
import type { ImportResult } from '../../../api/schemas.ts';
import { formatBytes, formatCount } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { endpointArgument, nameArgument, sourceArgument } from '../../arguments.ts';
import type { Context } from '../../context.ts';
import { hasCredentials, storeEnvironment } from '../../lakeEnvironment.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import { withinRun } from '../../run/withinRun.ts';
import type { Session } from '../../session.ts';
import { syncLine } from '../../shapes.ts';
import { formatChange, printable } from '../../text/format.ts';

interface Options {
  message?: string;
  author?: string;
  endpoint?: string;
  replace?: boolean;
  skipBadNames?: boolean;
}

const longestList = 20;

export function addImport(parent: Command, session: Session): void {
  parent
    .command('import')
    .description('make a version of objects in S3 where they are, without copying them')
    .argument('<url>', 's3://BUCKET/PREFIX', sourceArgument)
    .argument('<name>', 'of the dataset, which is made if need be', nameArgument)
    .option('-m, --message <text>', 'what changed, for people')
    .option('--author <name>', "whose version it is, if not this account's")
    .option('--endpoint <url>', "the store's, if not AWS_ENDPOINT_URL_S3 or the lake's", endpointArgument)
    .option('--replace', 'make it the next version whatever came between')
    .option('--skip-bad-names', "leave out objects whose keys can't be paths of files, and name them")
    .action(
      act<Options, [string, string]>(session, async (context, options, url, dataset) => {
        const store = storeOf(context, options.endpoint);
        const result = await resultOfOwnJob<ImportResult>(context, async (client) => {
          if (hasCredentials(context.env)) await client.app.useStore(store);
          const request = { ...requested(options, store.endpoint), ...withinRun(context.env) };
          return client.datasets.import({ dataset, url, ...request });
        });
        saySkipped(context, result);
        return { json: syncLine(result), text: describe(result) };
      }),
    );
}

/** What this environment says of the store that `endpoint` names, or else of its own. */
function storeOf({ env }: Context, endpoint: string | undefined) {
  const store = storeEnvironment(env);
  return endpoint === undefined ? store : { ...store, endpoint };
}

function requested({ message, author, replace, skipBadNames }: Options, endpoint: string | undefined) {
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(message === undefined ? {} : { message }),
    ...(author === undefined ? {} : { author }),
    ...(replace ? { replace } : {}),
    ...(skipBadNames ? { skip: true } : {}),
  };
}

function saySkipped(context: Context, { skipped }: ImportResult): void {
  if (skipped.count === 0) return;
  context.say(`Left out ${formatCount(skipped.count, 'object')}:`);
  for (const { key, problem } of skipped.some.slice(0, longestList)) {
    context.say(`  ${printable(key)} ${problem}`);
  }
  if (skipped.count > longestList) context.say(`  and ${skipped.count - longestList} more`);
}

function describe(result: ImportResult): string {
  const name = `${result.dataset}@v${result.version}`;
  if (result.added + result.changed + result.removed === 0) return `Nothing changed: ${name} stands.`;
  const size = `${formatCount(result.files, 'file')}, ${formatBytes(result.bytes)}`;
  return `${name}  ${size}  ${formatChange(result)}  (read from where they are)`;
}
