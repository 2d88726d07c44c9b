import { join } from 'node:path';
import { toolsVenv, type Venv } from './venv.ts';

/**
 * Lightning and Hugging Face over Debian's own PyTorch: PyPI's brings gigabytes of CUDA. That PyTorch is 1.13, which later
 * ones of these can do nothing with, and which was built for NumPy 1.
 */
const requirements = [
  ...['mlflow-skinny==3.17.2', 'pandas==2.3.3', 'numpy<2'],
  ...['pytorch-lightning==2.0.9.post0', 'torchmetrics==1.4.3'],
  ...['transformers==4.40.2', 'accelerate==0.30.1'],
];

/** A virtual environment of Debian's Python that sees Debian's packages, with both in it. */
export function torchVenv(): Promise<Venv> {
  return toolsVenv('torch', requirements, {
    python: '/usr/bin/python3',
    venv: ['--system-site-packages'],
    // uv doesn't see what Debian has installed.
    install: ['--excludes', join(import.meta.dirname, 'debianPackages.txt')],
  });
}
