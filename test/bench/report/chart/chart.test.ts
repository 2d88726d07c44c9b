import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growth, samples } from '../testing.ts';
import { barChart } from './barChart.ts';
import { comparisonChart, growthChart, memoryChart } from './charts.ts';
import { apart, lineChart } from './lineChart.ts';
import { logScale } from './logScale.ts';

describe('a logarithmic scale', () => {
  test('marks round numbers around all values', () => {
    expect(logScale([0.17, 3.3]).ticks).toEqual([0.1, 0.2, 0.5, 1, 2, 5]);
    expect(logScale([0.17, 187]).ticks).toEqual([0.1, 1, 10, 100]);
    expect(logScale([1000, 627_615]).ticks).toEqual([1000, 10_000, 100_000, 1_000_000]);
  });

  test('places equal ratios at equal distances', () => {
    const { at } = logScale([1, 100]);
    expect(at(10) - at(1)).toBeCloseTo(at(100) - at(10));
  });

  test('has room for every value', () => {
    const value = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const { at, ticks } = logScale(values);
        expect(ticks.length).toBeGreaterThan(0);
        for (const each of values) {
          expect(at(each)).toBeGreaterThanOrEqual(-1e-9);
          expect(at(each)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
});

const attributes = (svg: string, element: string, name: string) =>
  [...svg.matchAll(new RegExp(`<${element}[^>]* ${name}="([^"]*)"`, 'g'))].map(([, value]) => value ?? '');

describe('bars', () => {
  const svg = barChart(
    'Times',
    'seconds',
    [
      {
        title: 'Sync <S3>',
        bars: [
          { title: 'Forebay', value: 1, label: '1.0 s', ours: true },
          { title: 'tenfold', value: 10, label: '10 s', ours: false },
          { title: 'hundredfold', value: 100, label: '100 s', ours: false },
        ],
      },
    ],
    String,
  );

  test('grow with the logarithm', () => {
    const [one, ten, hundred] = attributes(svg, 'rect', 'width').map(Number);
    expect((hundred as number) - (ten as number)).toBeCloseTo((ten as number) - (one as number), 0);
    expect(attributes(svg, 'rect', 'class')).toEqual(['ours', 'other', 'other']);
  });

  test('name themselves, their figures and the unit, in both themes', () => {
    for (const text of ['Sync &#60;S3&#62;', '>tenfold<', '>100 s<', 'seconds, logarithmic'])
      expect(svg).toContain(text);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).toContain('<title>Times</title>');
  });

  test('stay within the picture', () => {
    const width = Number(attributes(svg, 'svg', 'width')[0]);
    const ends = attributes(svg, 'rect', 'x').map(
      (x, i) => Number(x) + Number(attributes(svg, 'rect', 'width')[i]),
    );
    for (const end of ends) expect(end).toBeLessThan(width - 40);
  });
});

describe('lines', () => {
  test('names at their ends are never written over each other', () => {
    const placed = apart([100, 101, 50, 102]);
    expect(placed[2]).toBe(50);
    const sorted = [...placed].sort((a, b) => a - b);
    for (const [i, y] of sorted.entries())
      if (i > 0) expect(y - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(15);
  });

  test('a cost in proportion is a straight line', () => {
    const axis = { title: 'files', tick: String };
    const points = [1, 10, 100].map((x) => ({ x, y: x }));
    const svg = lineChart('Growth', { x: axis, y: axis }, [{ title: 'sync', points }]);
    const [x, y] = ['cx', 'cy'].map((name) => attributes(svg, 'circle', name).map(Number)) as [
      number[],
      number[],
    ];
    const slope = (a: number, b: number) => ((y[b] ?? 0) - (y[a] ?? 0)) / ((x[b] ?? 0) - (x[a] ?? 0));
    expect(slope(0, 1)).toBeCloseTo(slope(1, 2), 2);
  });
});

test('the charts of results leave out what was not measured', () => {
  const chart = comparisonChart('Forebay beside its peers', samples);
  expect(chart).toContain('>Forebay<');
  expect(chart).toContain('>s5cmd cp<');
  expect(chart).not.toContain('DVC');
  expect(comparisonChart('nothing', [])).toBeUndefined();
  const grown = growthChart(growth);
  for (const text of ['>sync<', '>fill<', '>diff, 100 changed<', '>100,000<', '>seconds<', '>files<'])
    expect(grown).toContain(text);
  expect(grown).not.toContain('nothing changed');
  expect(memoryChart(growth)).toContain('MB of the daemon');
});
