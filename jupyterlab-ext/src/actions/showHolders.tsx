import { formatRef } from '@forebay/core/api/ref';
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { IForebay, VersionRef } from '../tokens.ts';
import { holderSentence } from './holders.ts';

/** Says who uses a version that can't be cleared now. */
export async function showHolders(forebay: IForebay, version: VersionRef): Promise<void> {
  const leases = (await forebay.client.leases.list()).filter(
    (one) => one.dataset === version.dataset && one.version === version.version,
  );
  await showDialog({
    title: `${formatRef(version.dataset, version.version)} is in use`,
    body: (
      <div className="fb-holders">
        <p>It stays in the cache until nobody uses it:</p>
        <ul>
          {leases.map((lease) => (
            <li key={lease.id}>{holderSentence(lease, Date.now())}</li>
          ))}
        </ul>
      </div>
    ),
    buttons: [Dialog.okButton({ label: 'Close' })],
  });
}
