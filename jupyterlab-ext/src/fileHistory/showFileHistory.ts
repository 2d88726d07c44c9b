import { ForebayError } from '@forebay/core/api/errors';
import { formatCount } from '@forebay/core/api/text/units';
import { nextChanges } from '@forebay/core/ui/fileHistory/nextChanges';
import type { Way } from '@forebay/core/ui/fileHistory/waysTo';
import { Dialog } from '@jupyterlab/apputils';
import { notifyError } from '../actions/notify.ts';
import { type Wait, waitFor } from '../sync/WaitDialog.tsx';
import type { IForebay } from '../tokens.ts';
import { FileHistoryBody } from './FileHistoryBody.tsx';
import { type PlaceInDataset, placeOf } from './placeOf.ts';

/** Tells which versions changed a file, by its path in JupyterLab; what a person chooses to look at is `act`ed on. */
export async function showFileHistory(
  forebay: IForebay,
  file: string | undefined,
  act: (place: PlaceInDataset, way: Way) => void,
): Promise<void> {
  try {
    const looking: Wait = { label: 'Looking at versions', text: 'Looking at versions' };
    const found = await waitFor('Show versions of this file', looking, async (signal, show) => {
      const place = await placeOf(forebay, file);
      const onLooked = (versions: number) =>
        show({ ...looking, text: `Looking at versions · ${formatCount(versions, 'version')} so far` });
      return { place, first: await nextChanges(forebay.client, place, null, { signal, onLooked }) };
    });
    if (found === null) return;
    const { place, first } = found;
    if (first.items.length === 0)
      throw new ForebayError('path-unknown', `No version of ${place.dataset} has ${place.path}.`);
    const dialog: Dialog<unknown> = new Dialog({
      title: `Versions of ${place.dataset} that changed ${place.path}`,
      body: new FileHistoryBody({
        first,
        more: (next, options) => nextChanges(forebay.client, place, next, options),
        onChoose: (way) => {
          dialog.reject();
          act(place, way);
        },
      }),
      buttons: [Dialog.cancelButton({ label: 'Close' })],
      focusNodeSelector: 'button',
    });
    await dialog.launch();
  } catch (error) {
    notifyError(error);
  }
}
