import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildVsix, buildWheels } from './build.mjs';
import { installDebianPackages } from './debian.mjs';
import { installPackages, workspaceEnv } from './install.mjs';
import { ensurePython } from './python.mjs';
import { cache, main, Refusal, root } from './steps.mjs';

/** Shows everything it prints; answers the exit code. */
function show(command, args) {
  const child = spawn(command, args, { cwd: root, env: workspaceEnv(), stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

async function must(what, command, args) {
  if ((await show(command, args)) !== 0) throw new Refusal(`${what} failed: see above.`);
}

/** Vitest over some projects, their counts added up. */
async function vitest(...projects) {
  const results = join(cache, `${projects[0]}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const chosen = projects.flatMap((project) => ['--project', project]);
  const code = await show('vitest', ['run', ...chosen, ...reporters]);
  const { numPassedTests, numFailedTests } = JSON.parse(await readFile(results, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests || Number(code !== 0) };
}

async function pytest() {
  const requirements = await readFile(join(root, 'jupyterlab-ext', 'requirements-test.txt'), 'utf8');
  const lines = requirements.split('\n').filter((line) => line && !line.startsWith('#'));
  const { python } = await ensurePython('pytest', lines);
  return show(python, ['-m', 'pytest', '-q', 'jupyterlab-ext']);
}

await main(async () => {
  console.log('Preparing the tests');
  await installPackages();
  // Fast first: whether the basics are broken is known within a minute.
  await must('The type check', 'npm', ['run', '--silent', 'types']);
  await must('The lint', 'npm', ['run', '--silent', 'lint']);
  const unit = await vitest('unit');
  if (unit.failed) throw new Refusal('The unit tests failed: see above.');
  await installDebianPackages();
  await buildWheels();
  await buildVsix();
  // Both take minutes, of which pytest leaves one core.
  const tools = must('Installing what is tested against', 'node', ['test/support/installTools.ts']);
  const [python] = await Promise.all([pytest(), tools]);
  const real = await vitest('real', 'editors', 'alone');
  console.log(`\n${unit.passed + real.passed} passed, ${real.failed} failed`);
  process.exitCode = python || Number(real.failed > 0);
});
