import { expect, test } from 'vitest';
import { jupyterLabId, jupyterLabVerbs, onlyJupyterLab, onlyVsCode, verbs, vsCodeVerbs } from './verbs.ts';

const both = Object.entries(verbs).flatMap(([domain, actions]) =>
  Object.entries(actions).map(([action, label]) => ({ verb: `${domain}.${action}`, label })),
);
const apart = (table: Record<string, Record<string, readonly [string, string]>>) =>
  Object.entries(table).flatMap(([domain, actions]) =>
    Object.entries(actions).map(([action, [label, why]]) => ({ verb: `${domain}.${action}`, label, why })),
  );

test('a verb is said once: no two share their words', () => {
  for (const names of [vsCodeVerbs, jupyterLabVerbs]) {
    expect(new Set(names.values()).size).toBe(names.size);
  }
});

test('verbs are in sentence case and begin with one', () => {
  for (const { label } of both) expect(label).toMatch(/^[A-Z][a-z]+( [a-z]+)*…?$/);
});

test('ids in JupyterLab are words with hyphens', () => {
  expect(jupyterLabId('version.cacheWith')).toBe('forebay:version-cache-with');
});

test('the documentation lists every verb of both editors', async () => {
  const line = (...cells: string[]) => `| ${cells.join(' | ')} |`;
  const id = (verb: string) => `\`forebay.${verb}\``;
  const labId = (verb: string) => `\`${jupyterLabId(verb as never)}\``;
  const table = [
    '# The verbs of both editors',
    '',
    'From one table, `core/ui/verbs.ts`. In VS Code they stand in the command palette under *Forebay*, in JupyterLab in its palette under *Forebay*.',
    '',
    line('verb', 'VS Code', 'JupyterLab'),
    '|---|---|---|',
    ...both.map(({ verb, label }) => line(label, id(verb), labId(verb))),
    '',
    'What one of them alone needs:',
    '',
    line('verb', 'command', 'why the other has none'),
    '|---|---|---|',
    ...apart(onlyVsCode).map(({ verb, label, why }) => line(label, id(verb), why)),
    ...apart(onlyJupyterLab).map(({ verb, label, why }) => line(label, labId(verb), why)),
    '',
  ];
  await expect(table.join('\n')).toMatchFileSnapshot('../../docs/verbs.md');
});
