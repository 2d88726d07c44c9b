import type { Row } from '../model/tree/rows.ts';
import { primaryAction } from '../model/versionActions.ts';
import { commandIds } from '../plugins/commandIds.ts';
import { useHost } from './host.ts';

/** What Space does on a row: caches, clears or cancels. */
export function usePrimaryAction(): (row: Row) => void {
  const { run } = useHost();
  return (row) => {
    if (row.kind !== 'version') return;
    const args = { dataset: row.dataset, version: row.version.version };
    const action = primaryAction(row.level);
    if (action.kind === 'cache') run(commandIds.cache, args);
    if (action.kind === 'clear') run(commandIds.clear, args);
    if (action.kind === 'cancel') run(commandIds.cancel, { id: action.job });
  };
}
