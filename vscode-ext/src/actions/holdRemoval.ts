import type { Hold } from '@forebay/core/ui/actions/removeVersion';
import { ProgressLocation, window } from 'vscode';

/** A bar that fills while there is time to press *Cancel*. */
export const holdRemoval: Hold = async (title, seconds) =>
  window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) =>
      new Promise((resolve) => {
        let left = seconds;
        const say = (increment: number) => progress.report({ increment, message: `in ${left} s` });
        say(0);
        const timer = setInterval(() => {
          left--;
          say(100 / seconds);
          if (left <= 0) end(true);
        }, 1000);
        const end = (goes: boolean) => {
          clearInterval(timer);
          resolve(goes);
        };
        token.onCancellationRequested(() => end(false));
      }),
  );
