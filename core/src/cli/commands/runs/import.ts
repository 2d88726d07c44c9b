import type { Command } from 'commander';
import { parseRunSource } from '../../../api/run/runSource.ts';
import type { RunImportResult } from '../../../api/schemas.ts';
import { act } from '../../act.ts';
import { argument } from '../../misuse.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import { importText, problemLines } from '../../run/importText.ts';
import type { Session } from '../../session.ts';

interface Options {
  experiment?: string;
  dryRun?: boolean;
}

const cancelled = 'Cancelled; runs that were whole by then stay. Import again to go on.';

export function addRunsImport(parent: Command, session: Session): void {
  parent
    .command('import')
    .description('bring in runs that MLflow or TensorBoard wrote; again: what is new since')
    .argument(
      '<source>',
      "MLflow's folder (mlruns) or SQLite database, or a folder of TensorBoard's event files",
      argument(parseRunSource),
    )
    .option('--experiment <name>', 'where all of them go, if not to experiments of the same names')
    .option('--dry-run', 'read everything, write nothing')
    .action(
      act<Options, [string]>(session, async (context, { experiment, dryRun }, source) => {
        const request = {
          path: context.resolve(source),
          ...(experiment === undefined ? {} : { experiment }),
          ...(dryRun ? { dryRun } : {}),
        };
        const start = (client: Awaited<ReturnType<typeof context.client>>) => client.runs.import(request);
        const result = await resultOfOwnJob<RunImportResult>(context, start, cancelled);
        for (const line of problemLines(result)) context.say(line);
        return { json: result, text: importText(result) };
      }),
    );
}
