import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { cache, Refusal, root, run, stepOnce } from './steps.mjs';

const relativeToRoot = (path) => relative(root, path);
const bin = process.platform === 'win32' ? 'Scripts' : 'bin';

/** The first Python from 3.10 on that PATH has. */
export async function findPython() {
  for (const name of [process.env.PYTHON, 'python3', 'python'].filter(Boolean)) {
    const version = await run(name, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']).catch(
      () => '',
    );
    const [major, minor] = version.trim().split('.').map(Number);
    if (major === 3 && minor >= 10) return name;
  }
  throw new Refusal(
    'No Python 3.10 or later was found: install it, or name it with PYTHON=/path/to/python3.',
  );
}

/**
 * A virtual environment under .cache/python/NAME with `requirements` installed; made anew only when they change.
 * `wheels` (paths) are installed after them, again whenever their content changed.
 */
export async function ensurePython(name, requirements, { wheels = [] } = {}) {
  const home = join(cache, 'python', name);
  const python = join(home, bin, 'python');
  const pip = (args) =>
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args], {
      hint: 'pip needs PyPI for this.',
    });
  const made = await stepOnce(`Installing Python packages (${name})`, python, requirements, async () => {
    await rm(home, { recursive: true, force: true });
    await mkdir(join(cache, 'python'), { recursive: true });
    // JupyterLab brings scripts in CommonJS, which this project's package.json would have read as modules.
    await writeFile(join(cache, 'package.json'), '{ "type": "commonjs" }\n');
    await makeVenv(await findPython(), home);
    await pip(requirements);
  });
  if (wheels.length > 0) {
    const product = made ? null : python;
    await stepOnce(`Installing Forebay (${name})`, product, wheels.map(relativeToRoot), () =>
      pip(['--force-reinstall', '--no-deps', ...wheels]),
    );
  }
  return { python, home, bin: join(home, bin) };
}

/** Debian leaves `venv` out of its python3: `virtualenv` from PyPI does the same. */
async function makeVenv(python, home) {
  try {
    await run(python, ['-m', 'venv', home]);
  } catch {
    await rm(home, { recursive: true, force: true });
    const target = join(cache, 'python', 'virtualenv');
    await run(python, ['-m', 'pip', 'install', '--quiet', '--target', target, 'virtualenv'], {
      hint: "This Python has neither 'venv' nor 'pip': on Debian, apt install python3-venv.",
    });
    await run(python, ['-m', 'virtualenv', '--quiet', home], { env: { ...process.env, PYTHONPATH: target } });
  }
}
