import type { Lake } from '../../lake/lake.ts';
import { changedLake } from './lake.ts';

/**
 * The same lake for a process that dies at its `at`-th step: before or after an operation that changes something.
 * From then on nothing of it reaches the lake.
 */
export function mortalLake(lake: Lake, at: number): Lake {
  let left = at;
  const step = () => {
    if (left-- <= 0) throw new Error('killed');
  };
  const alive = () => {
    if (left < 0) throw new Error('killed');
  };
  const around = async <T>(operation: () => Promise<T>): Promise<T> => {
    step();
    const answer = await operation();
    step();
    return answer;
  };
  return changedLake(lake, {
    get: async (...args) => {
      alive();
      return lake.get(...args);
    },
    head: async (...args) => {
      alive();
      return lake.head(...args);
    },
    put: (...args) => around(() => lake.put(...args)),
    putIfAbsent: (...args) => around(() => lake.putIfAbsent(...args)),
    delete: (...args) => around(() => lake.delete(...args)),
  });
}
