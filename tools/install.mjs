import { join } from 'node:path';
import { Refusal, root, run, stepOnce } from './steps.mjs';

/** The workspace's own Node 24; everything but these tools runs on it. */
export const node = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** The environment in which the pinned tools come first. */
export const workspaceEnv = () => ({
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
});

/** Brings node_modules to what package-lock.json says. */
export async function installPackages() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    throw new Refusal(`Node ${process.versions.node} is too old to begin with: install Node 20 or later.`);
  }
  await stepOnce('Installing npm packages', node, ['package-lock.json'], () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      hint: 'npm needs its registry for this.',
    }),
  );
}
