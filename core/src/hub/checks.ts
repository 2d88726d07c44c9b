import { type Check, ForebayError } from '../api/index.ts';

/** What a check that went well has to say. */
export type Finding = string | { note: string; hint?: string };

/** Tries one thing after another, and says of each what came of it and how long it took. */
export class Checks {
  readonly all: Check[] = [];

  get ok(): boolean {
    return this.all.every(({ outcome }) => outcome === 'passed' || outcome === 'note');
  }

  /** Whether it went well. What follows from a check that didn't is skipped by whoever asks. */
  async try(name: string, work: () => Promise<Finding>, options: { timed?: boolean } = {}): Promise<boolean> {
    const begun = performance.now();
    try {
      const found = await work();
      const seconds = options.timed === false ? null : (performance.now() - begun) / 1000;
      const passed = typeof found === 'string';
      this.all.push({
        name,
        outcome: passed ? 'passed' : 'note',
        says: passed ? found : found.note,
        hint: passed ? null : (found.hint ?? null),
        seconds,
      });
      return true;
    } catch (thrown) {
      this.fail(name, ForebayError.from(thrown));
      return false;
    }
  }

  fail(name: string, { message, hint = null }: { message: string; hint?: string | null | undefined }): void {
    this.all.push({ name, outcome: 'failed', says: message, hint, seconds: null });
  }

  skip(...names: string[]): void {
    for (const name of names) {
      const says = 'Not tried, since what comes before does not work.';
      this.all.push({ name, outcome: 'skipped', says, hint: null, seconds: null });
    }
  }
}
