import type { Lake } from '../../lake/lake.ts';
import type { Control } from '../progress.ts';
import type { ListedObject } from './objects.ts';

const deletesAtOnce = 16;

/** Deletes objects of a dataset; one that is gone already is no failure. */
export async function sweep(
  lake: Lake,
  datasetId: string,
  objects: readonly ListedObject[],
  { signal, report }: Control,
): Promise<void> {
  const bytesTotal = objects.reduce((sum, { size }) => sum + size, 0);
  const todo = [...objects];
  let [files, bytes] = [0, 0];
  const work = async () => {
    for (let next = todo.pop(); next; next = todo.pop()) {
      signal.throwIfAborted();
      await lake.delete(`datasets/${datasetId}/${next.name}`);
      files++;
      bytes += next.size;
      report({ phase: 'deleting', files, filesTotal: objects.length, bytes, bytesTotal });
    }
  };
  await Promise.all(Array.from({ length: deletesAtOnce }, work));
}
