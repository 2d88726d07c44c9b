import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RowClock } from './RowClock.ts';

/** As much of a view as a clock looks at. */
class View {
  visible = true;
  #tell: (event: { visible: boolean }) => unknown = () => {};
  readonly onDidChangeVisibility = (listener: (event: { visible: boolean }) => unknown) => {
    this.#tell = listener;
    return { dispose: () => {} };
  };

  show(visible: boolean): void {
    this.visible = visible;
    this.#tell({ visible });
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('rows are drawn anew when they would say something else, while somebody sees them', () => {
  const redraw = vi.fn();
  const clock = new RowClock(() => 60_000, redraw);
  const view = new View();
  clock.attach(view);
  expect(redraw).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(120_000);
  expect(redraw).toHaveBeenCalledTimes(3);
  view.show(false);
  const hidden = redraw.mock.calls.length;
  vi.advanceTimersByTime(600_000);
  expect(redraw).toHaveBeenCalledTimes(hidden);
  view.show(true);
  expect(redraw).toHaveBeenCalledTimes(hidden + 1);
});

test('nothing is drawn where no row tells of time, until one does', () => {
  const redraw = vi.fn();
  let next: number | undefined;
  const clock = new RowClock(() => next, redraw);
  clock.attach(new View());
  vi.advanceTimersByTime(600_000);
  expect(redraw).toHaveBeenCalledTimes(1);
  next = 1000;
  clock.set();
  vi.advanceTimersByTime(1000);
  expect(redraw).toHaveBeenCalledTimes(2);
  clock.dispose();
  vi.advanceTimersByTime(5000);
  expect(redraw).toHaveBeenCalledTimes(2);
});
