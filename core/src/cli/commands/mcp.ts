import type { Command } from 'commander';
import { act } from '../act.ts';
import { handOverLake } from '../lakeHandover.ts';
import { Misuse } from '../misuse.ts';
import type { Session } from '../session.ts';

export function addMcp(parent: Command, session: Session): void {
  parent
    .command('mcp')
    .description('datasets, caches and runs for assistants: an MCP server on standard input and output')
    .option('--allow-writes', 'also what caches, mounts, pins and clears versions, and cancels jobs')
    .action(
      act<{ allowWrites?: boolean }, []>(session, async (context, { allowWrites = false }) => {
        if (context.json) throw new Misuse("--json doesn't go with mcp, whose output is a protocol's.");
        // Loaded late: no other command needs what it needs.
        const { serveOverStdio } = await import('../../mcp/serve.ts');
        const { signal } = context.interrupts;
        await context.interrupts.during(() =>
          serveOverStdio({
            ...{ allowWrites, signal, stdin: session.stdin, stdout: session.stdout },
            connect: () => context.client(),
            recover: async ({ code }) => {
              if (code === 'daemon-unreachable') await context.revive();
              return (
                code === 'daemon-unreachable' ||
                ((code === 'lake-denied' || code === 'lake-missing') && (await handOverLake(context)))
              );
            },
          }),
        );
        return { json: null };
      }),
    );
}
