import { spawn } from 'node:child_process';
import { buildVsix, buildWheels } from './build.mjs';
import { installDebianPackages } from './debian.mjs';
import { installPackages, workspaceEnv } from './install.mjs';
import { main, root } from './steps.mjs';

/** Shows everything it prints; answers the exit code. */
function show(command, args) {
  const child = spawn(command, args, { cwd: root, env: workspaceEnv(), stdio: 'inherit' });
  return new Promise((resolve, reject) =>
    child.on('error', reject).on('close', (code) => resolve(code ?? 1)),
  );
}

await main(async () => {
  console.log('Preparing the tests');
  await installPackages();
  // Fast first: whether the basics are broken is known within a minute.
  if ((await show('npm', ['run', '--silent', 'check'])) !== 0) throw process.exit(1);
  await installDebianPackages();
  await buildWheels();
  await buildVsix();
  process.exitCode = await show('npm', ['run', '--silent', 'real']);
});
