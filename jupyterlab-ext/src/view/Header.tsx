import { addIcon, refreshIcon, tableRowsIcon } from '@jupyterlab/ui-components';
import { commandIds } from '../plugins/commandIds.ts';
import { useHost } from './host.ts';
import { IconButton } from './IconButton.tsx';

export function Header() {
  const { run } = useHost();
  return (
    <div className="fb-header">
      <h2 className="fb-title">Forebay</h2>
      <IconButton
        icon={tableRowsIcon}
        label="Open all datasets"
        onClick={() => run(commandIds.openDatasets)}
      />
      <IconButton icon={addIcon} label="Sync folder as new version…" onClick={() => run(commandIds.sync)} />
      <IconButton icon={refreshIcon} label="Refresh" onClick={() => run(commandIds.refresh)} />
    </div>
  );
}
