import { expect, test } from 'vitest';
import { drawScan } from '../../../../test/support/data/scan.ts';
import { imageHeader } from './imageHeader.ts';
import { tableHead } from './tableHead.ts';

test('a picture says its size and mode in its first bytes', () => {
  const png = drawScan(96, () => 0.5).subarray(0, 64);
  expect(imageHeader(png)).toEqual({ width: 96, height: 96, mode: 'L' });
  const rgba16 = Uint8Array.from(png);
  rgba16.set([16, 6], 24);
  expect(imageHeader(rgba16)?.mode).toBe('16 bit RGBA');
  const gif = Uint8Array.from([...Buffer.from('GIF89a'), 3, 0, 2, 0, 0, 0, 0]);
  expect(imageHeader(gif)).toEqual({ width: 3, height: 2, mode: 'P' });
});

test('the components of a JPEG frame are its mode', () => {
  const jpeg = (components: number) =>
    Uint8Array.from([
      ...[0xff, 0xd8, 0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0],
      ...[0xff, 0xc0, 0, 17, 8, 0, 40, 0, 60, components, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9],
    ]);
  expect(imageHeader(jpeg(3))).toEqual({ width: 60, height: 40, mode: 'RGB' });
  expect(imageHeader(jpeg(1))?.mode).toBe('L');
});

test('what is no picture, or ends too early, is none', () => {
  for (const bytes of [
    new Uint8Array(),
    new Uint8Array(40),
    Buffer.from('hello'),
    drawScan(8, () => 0).subarray(0, 12),
  ]) {
    expect(imageHeader(bytes)).toBeNull();
  }
});

test('a table says its columns and rows, reckoned where it is longer than what was read', () => {
  const whole = 'a,"b, c",d\n1,2,3\n4,5,\n';
  expect(tableHead('a,b\n1,2\n3,4', ',', 11, 11)).toEqual({ columns: ['a', 'b'], rows: 2, exact: true });
  expect(tableHead(whole, ',', whole.length, whole.length)).toEqual({
    columns: ['a', 'b, c', 'd'],
    rows: 2,
    exact: false,
  });
  const rows = Array.from({ length: 1000 }, (_, nth) => `${1000 + nth}\tx`).join('\n');
  const found = tableHead(`id\tname\n${rows}`, '\t', rows.length, rows.length * 50);
  expect(found.columns).toEqual(['id', 'name']);
  expect(found.exact).toBe(false);
  expect(Math.abs((found.rows ?? 0) - 50_000)).toBeLessThan(1000);
  expect(tableHead('', ',', 0, 0)).toMatchObject({ rows: 0 });
});
