import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { Problems } from '../problems.ts';
import type { RunSource } from '../source.ts';
import { eventFolders } from './folders.ts';
import { tensorboardRun } from './run.ts';

/** A folder of TensorBoard's event files: an experiment, in which each folder that holds some is a run. */
export function openTensorboard(path: string): RunSource {
  const problems = new Problems();
  const folders = eventFolders(path, problems);
  const user = userInfo().username;
  return {
    kind: 'TensorBoard folder',
    path,
    problems,
    *experiments() {
      yield {
        name: basename(path),
        stage: 'active',
        created: null,
        updated: null,
        tags: [],
        count: folders.size,
        *models() {},
        *runs() {
          for (const [folder, files] of folders) {
            const name = folder === '' ? basename(path) : folder;
            yield tensorboardRun(join(path, folder), name, files, user, problems);
          }
        },
      };
    },
    close() {},
  };
}
