import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { addUp, type CpuProfile, selfTimes, threadOf } from './selfTime.ts';

const shown = 15;
/** Milliseconds in which a thread that has done its work ends and writes its profile. */
const writing = 1500;

/** Takes the profiles that threads of the daemon leave in a folder, step by step. */
export class Profiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = join(folder, 'new');
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
  }

  /** Keeps what came since the last time under the step's name, beside a summary that it prints. */
  async collect(step: string): Promise<void> {
    await delay(writing);
    const kept = join(this.folder, '..', step.replaceAll(' ', '-'));
    mkdirSync(kept, { recursive: true });
    const threads = new Map<string, Map<string, number>[]>();
    for (const name of readdirSync(this.folder)) {
      const profile = JSON.parse(readFileSync(join(this.folder, name), 'utf8')) as CpuProfile;
      const thread = threadOf(profile);
      const same = threads.get(thread) ?? [];
      threads.set(thread, [...same, selfTimes(profile)]);
      renameSync(
        join(this.folder, name),
        join(kept, `${thread.replaceAll(' ', '-')}-${same.length + 1}.cpuprofile`),
      );
    }
    const text = [...threads]
      .map(([thread, all]) => describe(`${step}: ${thread} × ${all.length}`, addUp(all)))
      .join('\n');
    writeFileSync(join(kept, 'summary.txt'), text);
    console.log(text);
  }
}

/** The functions with the most time of their own; shares are of the time that wasn't spent waiting. */
export function describe(title: string, times: Map<string, number>): string {
  const idle = times.get('(idle)') ?? 0;
  const busy = [...times.values()].reduce((sum, ms) => sum + ms, 0) - idle;
  const lines = [...times]
    .filter(([name]) => name !== '(idle)')
    .slice(0, shown)
    .map(
      ([name, ms]) =>
        `${ms.toFixed(0).padStart(9)} ms ${((100 * ms) / busy).toFixed(1).padStart(5)} %  ${name}`,
    );
  return [`${title}, ${busy.toFixed(0)} ms at work, ${idle.toFixed(0)} ms waiting`, ...lines, ''].join('\n');
}
