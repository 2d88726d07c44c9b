import { describe, expect, test } from 'vitest';
import { Interrupts } from './interrupt.ts';

function interrupts() {
  const ends: number[] = [];
  const made = new Interrupts(() => ends.push(1));
  return { made, ends };
}

describe('Ctrl-C', () => {
  test('ends the command at once where there is nothing to cancel', () => {
    const { made, ends } = interrupts();
    made.interrupt(0);
    expect(ends).toHaveLength(1);
  });

  test('cancels the job under way and waits, until it comes again', async () => {
    const { made, ends } = interrupts();
    await made.during(async () => {
      made.interrupt(1000);
      expect([made.signal.aborted, ends.length]).toEqual([true, 0]);
      made.interrupt(1100); // the same one, by way of a wrapper
      expect(ends).toHaveLength(0);
      made.interrupt(2000);
      expect(ends).toHaveLength(1);
    });
  });

  test('is left to a command that runs here', async () => {
    const { made, ends } = interrupts();
    await made.elsewhere(async () => {
      made.interrupt(0);
      made.interrupt(5000);
    });
    expect([made.signal.aborted, ends.length]).toEqual([false, 0]);
  });
});
