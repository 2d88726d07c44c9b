import type { Hold } from '@forebay/core/ui';
import { Notification } from '@jupyterlab/apputils';

/** A notification that goes when the time to press *Undo* has passed. */
export const holdRemoval: Hold = (title, seconds) =>
  new Promise((resolve) => {
    const undo = { label: 'Undo', callback: () => end(false) };
    const id = Notification.warning(`${title} in ${seconds} s`, { autoClose: false, actions: [undo] });
    const timer = setTimeout(() => end(true), seconds * 1000);
    const end = (goes: boolean) => {
      clearTimeout(timer);
      Notification.dismiss(id);
      resolve(goes);
    };
  });
