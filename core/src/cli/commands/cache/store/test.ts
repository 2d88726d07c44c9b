import type { Command } from 'commander';
import { formatBytes } from '../../../../api/text/units.ts';
import { act } from '../../../act.ts';
import type { Session } from '../../../session.ts';
import { formatChecks } from '../../../text/checkText.ts';

export function addTest(parent: Command, session: Session): void {
  parent
    .command('test')
    .description(
      'try whether a cache works, or a folder can be one, and say so in words; leaves nothing there',
    )
    .argument('<name or path>', 'a cache by its name, or a folder with a / in it')
    .action(
      act<object, [string]>(session, async (context, _, path) => {
        const { caches } = await context.client();
        const tested = await (/[/\\]/.test(path)
          ? caches.test(context.resolve(path))
          : caches.testAttached(path));
        const works = tested.attached === null ? '' : `${tested.attached} works.`;
        const verdict = tested.ok
          ? works || `${tested.path} can be a cache, of up to ${formatBytes(tested.suggestedCapacity)} say.`
          : `${tested.attached ?? tested.path} can't be used as it is.`;
        return {
          json: tested,
          text: `${formatChecks(tested.checks, context.paint)}\n\n${verdict}`,
          ...(tested.ok ? {} : { exitCode: 1 }),
        };
      }),
    );
}
