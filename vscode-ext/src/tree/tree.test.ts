import { describe, expect, test } from 'vitest';
import { NodeRegistry } from './node.ts';
import { escapeMarkdown } from './row.ts';
import { nameOf, targetOf } from './target.ts';

describe('a row', () => {
  test('is the same object for the same thing, since the editor refreshes rows by identity', () => {
    const nodes = new NodeRegistry();
    const first = nodes.get({ kind: 'version', dataset: 'x', version: 1 });
    expect(nodes.get({ kind: 'version', dataset: 'x', version: 1 })).toBe(first);
    expect(nodes.get({ kind: 'version', dataset: 'x', version: 2 })).not.toBe(first);
  });

  test("of a dataset stands for its newest version, and for none where there isn't one", () => {
    expect(targetOf({ kind: 'dataset', dataset: 'x' }, () => 3)).toEqual({
      dataset: 'x',
      version: 3,
      path: '',
    });
    expect(targetOf({ kind: 'dataset', dataset: 'x' }, () => undefined)).toBeUndefined();
  });

  test('of a file has the name that every front end takes', () => {
    const entry = { path: 'a/b.png', kind: 'file', size: 1 } as const;
    const target = targetOf({ kind: 'entry', dataset: 'x', version: 1, entry }, () => undefined);
    expect(target && nameOf(target)).toBe('x@v1:a/b.png');
  });
});

test('text in Markdown stays text', () => {
  expect(escapeMarkdown('a_b [c](d) <e>')).toBe('a\\_b \\[c\\]\\(d\\) \\<e\\>');
});
