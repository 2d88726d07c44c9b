import { spawn } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWheels, bundle } from './build.mjs';
import { installPackages, node } from './install.mjs';
import { ensurePython } from './python.mjs';
import { cache, main, root, run, step } from './steps.mjs';
import { workspaceFile } from './workspace.mjs';

const example = join(cache, 'example');
const source = join(root, 'tools', 'example');
const env = { ...process.env, FOREBAY_NODE: process.env.FOREBAY_NODE ?? node };

const forebay = async (...args) => JSON.parse(await run(node, [bundle, ...args, '--json'], { env }));

/** digits@v1 as the scans are, digits@v2 corrected; only what the lake doesn't have yet. */
async function makeDigits(python) {
  const folder = join(example, 'digits');
  const digits = (...args) => run(python, [join(source, 'digits.py'), folder, ...args]);
  const versions = (await forebay('data', 'log', 'digits').catch(() => [])).length;
  if (versions >= 2) return;
  await step('Making digits@v1 and @v2 from 1,797 real images', async () => {
    await rm(folder, { recursive: true, force: true });
    if (versions === 0) {
      await digits();
      await forebay('-C', folder, 'data', 'init', 'digits');
      await forebay('-C', folder, 'data', 'sync', '-m', 'scikit-learn digits as they are');
    } else {
      await forebay('data', 'clone', 'digits@v1', folder);
    }
    await digits('correct');
    await forebay('-C', folder, 'data', 'sync', '-m', 'faint scans corrected, doubtful ones removed');
  });
}

/** JupyterLab in the foreground, the Forebay panel open beside the notebook. */
async function openJupyterLab({ bin, home }) {
  const settings = join(home, 'share', 'jupyter', 'lab', 'settings');
  await mkdir(settings, { recursive: true });
  const notification = { fetchNews: 'false', checkForUpdates: false };
  const overrides = { '@jupyterlab/apputils-extension:notification': notification };
  await writeFile(join(settings, 'overrides.json'), JSON.stringify(overrides));
  await mkdir(example, { recursive: true });
  await cp(join(source, 'digits.ipynb'), join(example, 'digits.ipynb'), { force: false });
  const layout = join(cache, 'workspace.json');
  await writeFile(layout, JSON.stringify(workspaceFile('digits.ipynb')));
  const jupyter = join(bin, 'jupyter');
  await run(jupyter, ['lab', 'workspaces', 'import', layout], { env });
  const asRoot = process.getuid?.() === 0 ? ['--allow-root'] : [];
  const args = ['lab', `--ServerApp.root_dir=${example}`, ...asRoot, ...process.argv.slice(2)];
  const child = spawn(jupyter, args, { env, stdio: 'inherit' });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

await main(async () => {
  console.log('Forebay: from a clone to a notebook');
  await installPackages();
  const wheels = await buildWheels();
  const requirements = ['jupyterlab>=4.6,<4.7', 'scikit-learn', 'pillow', 'matplotlib', 'mlflow-skinny'];
  const lab = await ensurePython('jupyterlab', requirements, { wheels: wheels.paths });
  const { lake } = await step('Starting the daemon', () => forebay('up'));
  console.log(`  The lake is ${lake.url}`);
  await makeDigits(lab.python);
  console.log('  Opening JupyterLab; stop it with Ctrl-C');
  await openJupyterLab(lab);
});
