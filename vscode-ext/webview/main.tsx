import { Panel, readView, tableView, type View } from '@forebay/core/ui';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { ToPage } from '../src/pages/contract.ts';
import { focusList } from './focusList.ts';
import { pageHost } from './pageHost.ts';

const { host, send } = pageHost();

/** Shows what the extension says, and from then on what a person chooses. */
function Page() {
  const [view, setView] = useState<View | null>(null);
  useEffect(() => {
    const hear = ({ data }: MessageEvent<ToPage>) => {
      if (data.kind === 'show') setView(readView(data.view) ?? tableView);
    };
    window.addEventListener('message', hear);
    window.addEventListener('focus', focusList);
    focusList();
    send({ kind: 'ready' });
    return () => {
      window.removeEventListener('message', hear);
      window.removeEventListener('focus', focusList);
    };
  }, []);
  return view ? <Panel host={host} first={view} /> : null;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Page />);
