import type { DiffFile } from '../../../src/api/schemas.ts';
import { type Live, never, useLive } from '../../live/useLive.ts';
import type { DiffView } from '../diffView.ts';
import { sameBytes } from './sameBytes.ts';

export type SideName = 'before' | 'after';

/** Both sides' bytes of the file that is looked at; empty where a side isn't there. */
export function useSides(view: DiffView, file: DiffFile): Live<Record<SideName, Uint8Array>> {
  const { dataset, from, to } = view;
  return useLive(
    async ({ versions }, signal) => {
      const read = async (side: SideName) => {
        const entry = file[side];
        if (entry?.kind !== 'file') return new Uint8Array();
        return versions.content(dataset, `v${side === 'before' ? from : to}`, entry.path, { signal });
      };
      // What only moved is read once.
      if (sameBytes(file)) {
        const bytes = await read('after');
        return { before: bytes, after: bytes };
      }
      const [before, after] = await Promise.all([read('before'), read('after')]);
      return { before, after };
    },
    never,
    [dataset, from, to, file.before?.path, file.after?.path],
  );
}
