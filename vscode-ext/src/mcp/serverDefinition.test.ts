import { expect, test } from 'vitest';
import { serverDefinition } from './serverDefinition.ts';

test("the assistant's server only reads, unless the person allowed more", () => {
  expect(serverDefinition('/ext', '/usr/bin/code', { allowWrites: false, nodePath: '' })).toEqual({
    label: 'Forebay (reads only)',
    command: '/usr/bin/code',
    args: ['/ext/dist/bundle/forebay.mjs', 'mcp'],
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  expect(serverDefinition('/ext', 'node', { allowWrites: true, nodePath: '' }).args.at(-1)).toBe(
    '--allow-writes',
  );
});

test("the Node that the settings name is the daemon's here too", () => {
  const { env } = serverDefinition('/ext', 'code', { allowWrites: false, nodePath: '/opt/node24' });
  expect(env).toMatchObject({ FOREBAY_NODE: '/opt/node24' });
});
