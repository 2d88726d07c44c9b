import { expect, test } from 'vitest';
import { serverDefinition } from './serverDefinition.ts';

test("the assistant's server only reads, unless the person allowed more", () => {
  expect(serverDefinition('/ext', '/usr/bin/code', false)).toEqual({
    label: 'Forebay (reads only)',
    command: '/usr/bin/code',
    args: ['/ext/dist/bundle/forebay.mjs', 'mcp'],
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  expect(serverDefinition('/ext', 'node', true).args.at(-1)).toBe('--allow-writes');
});
