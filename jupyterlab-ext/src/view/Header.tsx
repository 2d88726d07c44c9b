import { refreshIcon } from '@jupyterlab/ui-components';
import { commandIds } from '../plugins/commandIds.ts';
import { useHost } from './host.ts';
import { IconButton } from './IconButton.tsx';

export function Header() {
  const { run } = useHost();
  return (
    <header className="fb-header">
      <h2 className="fb-title">Forebay</h2>
      <IconButton icon={refreshIcon} label="Refresh" onClick={() => run(commandIds.refresh)} />
    </header>
  );
}
