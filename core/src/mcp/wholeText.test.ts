import fc from 'fast-check';
import { expect, test } from 'vitest';
import { characterStart, wholeText } from './wholeText.ts';

test('a text read in parts of any size is the whole text, whatever character a part ends in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.integer({ min: 4, max: 9 }), (text, size) => {
      const bytes = new TextEncoder().encode(text.replaceAll('\0', ' '));
      let read = '';
      for (let at = 0; at < bytes.length; ) {
        const end = Math.min(at + size, bytes.length);
        const part = wholeText(bytes.subarray(at, end), end === bytes.length);
        expect(part?.bytes).toBeGreaterThan(0);
        read += part?.text;
        at += part?.bytes ?? bytes.length;
      }
      expect(read).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    }),
  );
});

test('bytes that are no text are not given as one', () => {
  expect(wholeText(Uint8Array.of(0x50, 0, 1), false)).toBeNull();
  expect(wholeText(Uint8Array.of(0xff, 0xfe, 0x41, 0x41, 0x41), false)).toBeNull();
});

test('a part that begins within a character begins with that character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), (text, place) => {
      const bytes = new TextEncoder().encode(text);
      const at = place % bytes.length;
      const start = characterStart(bytes, at);
      expect(at - start).toBeLessThan(4);
      const decode = (part: Uint8Array) =>
        new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(part);
      // Both sides are whole characters, and of the same text, no longer one before `at`.
      expect(decode(bytes.subarray(0, start)) + decode(bytes.subarray(start))).toBe(decode(bytes));
      const first = [...decode(bytes.subarray(start))][0] ?? '';
      expect(start + new TextEncoder().encode(first).length).toBeGreaterThan(at);
    }),
  );
});

test('bytes that are no text begin where they were asked', () => {
  expect(characterStart(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80), 4)).toBe(4);
});
