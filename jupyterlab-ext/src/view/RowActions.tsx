import { closeIcon, launcherIcon } from '@jupyterlab/ui-components';
import { cacheIcon, clearIcon, copyPathIcon, insertIcon } from '../icons/index.ts';
import type { VersionRow } from '../model/tree/rows.ts';
import { primaryAction } from '../model/versionActions.ts';
import { commandIds } from '../plugins/commandIds.ts';
import { useHost } from './host.ts';
import { IconButton } from './IconButton.tsx';

/** What can be done with a version, as icons at the end of its row. */
export function RowActions({ row, active }: { row: VersionRow; active: boolean }) {
  const { run } = useHost();
  const args = { dataset: row.dataset, version: row.version.version };
  const action = primaryAction(row.level);
  const path = row.level.kind === 'cached';
  return (
    <span className="fb-actions">
      <IconButton
        icon={launcherIcon}
        label="Open version"
        tabbable={active}
        onClick={() => run(commandIds.openDataset, args)}
      />
      {path && (
        <IconButton
          icon={copyPathIcon}
          label="Copy path"
          tabbable={active}
          onClick={() => run(commandIds.copyPath, args)}
        />
      )}
      <IconButton
        icon={insertIcon}
        label="Insert mount code"
        tabbable={active}
        onClick={() => run(commandIds.insertMount, args)}
      />
      {action.kind === 'cache' && (
        <IconButton
          icon={cacheIcon}
          label="Cache version"
          tabbable={active}
          onClick={() => run(commandIds.cache, args)}
        />
      )}
      {action.kind === 'clear' && (
        <IconButton
          icon={clearIcon}
          label="Clear from cache"
          tabbable={active}
          onClick={() => run(commandIds.clear, args)}
        />
      )}
      {action.kind === 'cancel' && (
        <IconButton
          icon={closeIcon}
          label="Cancel"
          tabbable={active}
          onClick={() => run(commandIds.cancel, { id: action.job })}
        />
      )}
    </span>
  );
}
