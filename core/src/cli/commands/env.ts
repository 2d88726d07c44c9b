import { type Command, Option } from 'commander';
import { act } from '../act.ts';
import { ownName } from '../run/scriptEnvironment.ts';
import type { Session } from '../session.ts';
import { withoutProxy } from '../version/runOnVersion.ts';

interface Options {
  shell?: 'sh' | 'json';
}

export function addEnv(parent: Command, session: Session): void {
  parent
    .command('env')
    .description('what a shell needs so that training scripts log here: eval "$(forebay env)"')
    .addOption(new Option('--shell <shell>', 'for which shell').choices(['sh', 'json']).default('sh'))
    .action(
      act<Options, []>(session, async (context, { shell }) => {
        const { url, token } = await (await context.client()).app.tracking();
        const variables = {
          MLFLOW_TRACKING_URI: url,
          MLFLOW_TRACKING_TOKEN: token,
          ...ownName(token),
          MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: 'true',
          ...withoutProxy(context.env),
        };
        const text = shell === 'json' ? JSON.stringify(variables, null, 2) : exportsOf(variables);
        return { json: variables, text };
      }),
    );
}

function exportsOf(variables: NodeJS.ProcessEnv): string {
  const lines = Object.entries(variables).map(
    ([name, value = '']) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  );
  return lines.join('\n');
}
