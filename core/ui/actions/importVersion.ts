import { isForebayError } from '../../src/api/errors.ts';
import { formatRef } from '../../src/api/ref.ts';
import type { ImportResult } from '../../src/api/schemas.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import type { ImportRequest } from '../../src/client/datasets.ts';
import { datasetView } from '../dataset/datasetView.ts';
import type { Actor, NoteAction } from '../host.ts';
import { followJob } from './followJob.ts';

/** Makes a version of what lies in a bucket, where it lies, and says what came of it. */
export async function importVersion(actor: Actor, request: ImportRequest): Promise<void> {
  try {
    const job = await actor.client.datasets.import(request);
    const { result } = await followJob(actor, job.id);
    const made = result as ImportResult;
    const { dataset, version } = made;
    actor.notify({
      kind: 'done',
      text: importedSentence(made),
      actions: [
        { label: 'Open dataset', act: () => actor.open(datasetView(dataset)) },
        { label: 'Cache version', act: () => actor.act('cache', dataset, version) },
      ],
    });
  } catch (error) {
    if (isForebayError(error, 'cancelled')) return;
    actor.notify({ kind: 'failed', error, actions: waysOut(actor, request, error) });
  }
}

export function importedSentence(made: ImportResult): string {
  const { dataset, version, files, bytes, added, changed, removed, skipped } = made;
  const ref = formatRef(dataset, version);
  if (added + changed + removed === 0) return `Nothing has changed since ${ref}.`;
  const left = skipped.count > 0 ? `; left out ${formatCount(skipped.count, 'object')}` : '';
  return `Made ${ref}: ${formatCount(files, 'file')}, ${formatBytes(bytes)}, read from where they are${left}.`;
}

function waysOut(actor: Actor, request: ImportRequest, error: unknown): NoteAction[] {
  const again = (label: string, more: Partial<ImportRequest>): NoteAction => ({
    label,
    act: () => void importVersion(actor, { ...request, ...more }),
  });
  if (isForebayError(error, 'newer-version')) return [again('Replace it', { replace: true })];
  if (isForebayError(error, 'bad-path') && !request.skip) {
    return [again('Leave them out', { skip: true })];
  }
  return [again('Retry', {})];
}
