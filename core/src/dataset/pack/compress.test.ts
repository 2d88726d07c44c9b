import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { noise } from '../testing/lake.ts';
import { Compressor, isFaster } from './compress.ts';
import { Pace } from './pace.ts';

/** So slow that compressing pays, however busy this machine is. */
const slowLake = () => new Compressor(new Pace(1), 1);
const text = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `${i},${Math.sin(i)},cat\n`).join(''));

describe('what is stored compressed', () => {
  test('is what shrinks, as one frame with a checksum', () => {
    for (const content of [text, text.subarray(0, 3000), text.subarray(0, 70_000)]) {
      const frame = slowLake().compress('a.csv', content) as Buffer;
      expect(frame.length).toBeLessThan(content.length * 0.9);
      expect(zstdDecompressSync(frame).equals(content)).toBe(true);
      expect(frame.readUInt8(4) & 0b100).toBe(0b100);
    }
  });

  test('is nothing that does not, nor too small to save a block', () => {
    expect(slowLake().compress('a.jpg', noise(300_000, 1))).toBeUndefined();
    expect(slowLake().compress('a.csv', text.subarray(0, 900))).toBeUndefined();
    // The sample shrinks, the rest doesn't.
    const misleading = Buffer.concat([text.subarray(0, 65_536), noise(900_000, 2)]);
    expect(slowLake().compress('a', misleading)).toBeUndefined();
  });

  test('is nothing while the lake takes bytes faster than they shrink', () => {
    expect(new Compressor(new Pace(1e10), 1).compress('a.csv', text)).toBeUndefined();
  });
});

test('files whose like did not shrink are hardly looked at, and others are', () => {
  const compressor = slowLake();
  const [photo, drawing] = [noise(10_000, 3), text.subarray(0, 10_000)];
  for (let i = 0; i < 2000; i++) expect(compressor.compress('a.JPG', photo)).toBeUndefined();
  expect(compressor.compress('a.csv', text)).toBeDefined();
  let passedBy = 0;
  while (compressor.compress('a.jpg', drawing) === undefined) passedBy++;
  expect(passedBy).toBeGreaterThan(10);
  expect(passedBy).toBeLessThanOrEqual(256);
  expect(compressor.compress('a.jpg', drawing)).toBeDefined();
});

test('compressing pays where sending is what takes the time', () => {
  const [network, disk] = [100e6, 2e9];
  expect(isFaster(0.3, 4e-9, network, 1)).toBe(true);
  expect(isFaster(0.3, 4e-9, disk, 1)).toBe(false);
  expect(isFaster(0.001, 0.2e-9, disk, 1)).toBe(true);
  expect(isFaster(0.3, 15e-9, network, 1)).toBe(false);
  expect(isFaster(0.3, 15e-9, network, 2)).toBe(true);
});

test('the pace is that of the time in which something was sent, of late', () => {
  const pace = new Pace(5);
  expect(pace.bytesPerSecond).toBe(5);
  pace.begin(0);
  pace.begin(500);
  pace.end(1000, 1000);
  pace.end(1000, 2000);
  expect(pace.bytesPerSecond).toBe(1000);
  pace.begin(100_000);
  pace.end(1000, 101_000);
  expect(pace.bytesPerSecond).toBe(1000);
  for (let at = 200_000; at < 300_000; at += 1000) {
    pace.begin(at);
    pace.end(9000, at + 1000);
  }
  expect(new Pace(pace.shared).bytesPerSecond).toBeGreaterThan(8900);
});
