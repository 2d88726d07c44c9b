import { afterEach } from 'vitest';

/**
 * Keeps a picture of the window of each test of this file that fails. Such hooks run last first: to be called after
 * `afterEach` of those that tidy the window.
 */
export function keepFailures(screenshot: (name: string) => Promise<void> | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await screenshot(`failed-${task.name.replaceAll(/\W+/g, '-').slice(0, 40)}`);
  });
}
