import { ForebayError } from '@forebay/core/api/errors';
import { nextChanges } from '@forebay/core/ui/fileHistory/nextChanges';
import type { Way } from '@forebay/core/ui/fileHistory/waysTo';
import { Dialog } from '@jupyterlab/apputils';
import { notifyError } from '../actions/notify.ts';
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
    const place = await placeOf(forebay, file);
    const more = (next: string | null) => nextChanges(forebay.client, place, next);
    const first = await more(null);
    if (first.items.length === 0)
      throw new ForebayError('path-unknown', `No version of ${place.dataset} has ${place.path}.`);
    const dialog: Dialog<unknown> = new Dialog({
      title: `Versions of ${place.dataset} that changed ${place.path}`,
      body: new FileHistoryBody({
        first,
        more,
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
