import type { Lake } from '../../lake/lake.ts';
import { changedLake } from './lake.ts';

export const day = 86_400_000;

/** The same lake, whose store's clock a test moves on: what is written later is of that later time. */
export function agedLake(lake: Lake): { lake: Lake; pass(milliseconds: number): void } {
  let passed = 0;
  const writtenAfter = new Map<string, number>();
  const wrote = <T>(key: string, done: T): T => {
    writtenAfter.set(key, passed);
    return done;
  };
  return {
    pass(milliseconds) {
      passed += milliseconds;
    },
    lake: changedLake(lake, {
      now: async () => (await lake.now()) + passed,
      put: async (key, body, options) => wrote(key, await lake.put(key, body, options)),
      putIfAbsent: async (key, body) => wrote(key, await lake.putIfAbsent(key, body)),
      async *list(prefix, options) {
        for await (const object of lake.list(prefix, options)) {
          yield { ...object, modified: object.modified + (writtenAfter.get(object.key) ?? 0) };
        }
      },
    }),
  };
}
