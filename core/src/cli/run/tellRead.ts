import type { Context } from '../context.ts';
import { withinRun } from './withinRun.ts';

/** Tells the run within which this is, if there is one, that it reads a version. A reading stands whether it is recorded or not. */
export async function tellRead(context: Context, input: { ref: string; cache?: string }): Promise<void> {
  const { run } = withinRun(context.env);
  if (!run) return;
  const client = await context.client();
  await client.runs.addInput(run, input).catch(() => {});
}
