import { join } from 'node:path';
// @ts-expect-error The tools are plain JavaScript, since Node 20 runs them before anything is installed.
import { cache, run, stepOnce } from '../../tools/steps.mjs';
import { mlflowRequirements, oneAtATime, toolsVenv, type Venv } from './venv.ts';

/**
 * Lightning over Debian's own PyTorch: PyPI's brings gigabytes of CUDA. That PyTorch is 1.13, which later Lightnings and
 * MLflow's clients from 3.10 on (they import torch.export) can do nothing with.
 */
const requirements = [
  'mlflow-skinny==3.8.1',
  'pandas==2.3.3',
  'pytorch-lightning==2.0.9.post0',
  'torchmetrics==1.4.3',
];

/** A virtual environment of Debian's Python that sees Debian's packages, with Lightning in it. */
export async function lightningVenv(): Promise<Venv> {
  // Debian's Python may come without pip: another's installs into it.
  const { python: installer } = await toolsVenv('mlflow', mlflowRequirements);
  return oneAtATime('lightning', async () => {
    const home = join(cache, 'python', 'lightning');
    const python = join(home, 'bin', 'python');
    await stepOnce('Installing Python packages (lightning)', python, requirements, async () => {
      const options = ['--clear', '--without-pip', '--system-site-packages'];
      await run('/usr/bin/python3', ['-m', 'venv', ...options, home]);
      const pip = ['-m', 'pip', '--python', python, '--quiet', '--disable-pip-version-check'];
      await run(installer, [...pip, 'install', ...requirements], { hint: 'pip needs PyPI for this.' });
    });
    return { python, bin: join(home, 'bin') };
  });
}
