import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { type Home, node } from '../home.ts';
import { mlflowRequirements, toolsVenv } from '../python/venv.ts';

const scripts = import.meta.dirname;

/** Writes the digits into a folder: its first argument. */
export const makeDigits = join(scripts, 'make_digits.py');

/** Of a script that is held: an epoch or another number, or its end. */
type Step = number | 'end';

/** A repository with the scripts beside this file, and a dataset of digits in two versions of which the second one is corrected. */
export class Training {
  readonly #home: Home;
  readonly #python: string;
  readonly #dataset: string;
  readonly #folder: string;

  private constructor(home: Home, python: string, dataset: string, folder: string) {
    this.#home = home;
    this.#python = python;
    this.#dataset = dataset;
    this.#folder = folder;
  }

  static async prepare(home: Home, dataset = 'digits'): Promise<Training> {
    const venv = home.path('venv');
    await symlink(dirname((await toolsVenv('mlflow', mlflowRequirements)).bin), venv);
    const python = join(venv, 'bin', 'python');
    const [folder, data] = [home.path('work', 'digits'), home.path('work', 'digits-data')];
    for (const each of [folder, data]) await mkdir(each, { recursive: true });
    const training = new Training(home, python, dataset, folder);
    for (const script of ['make_digits.py', 'train.py', 'show.py', 'held.py'])
      await copyFile(join(scripts, script), join(folder, script));
    await writeFile(join(folder, '.gitignore'), '__pycache__/\n');
    training.#git('init', '-q');
    training.#git('add', '.');
    training.#git(
      '-c',
      'user.name=ana',
      '-c',
      'user.email=ana@example.org',
      'commit',
      '-qm',
      'Train on digits',
    );
    execFileSync(python, [join(folder, 'make_digits.py'), data]);
    await home.run('-C', data, 'data', 'init', dataset);
    await home.json('-C', data, 'data', 'sync', '-m', 'as they came');
    // The second version is made by a run, which lineage then knows.
    const correct = `"${python}" "${join(folder, 'make_digits.py')}" . correct`;
    const sync = `"${node}" "${home.program}" data sync -m 'digits that nothing resembles left out'`;
    const asked = ['--data', `${dataset}@v1`, '--name', 'clean up', '--experiment', 'cleaning'];
    const { code, stderr } = await home.run(
      '-C',
      data,
      'run',
      ...asked,
      '--',
      'sh',
      '-c',
      `${correct} && ${sync}`,
    );
    if (code !== 0) throw new Error(stderr);
    return training;
  }

  /** Changes the script without a commit. */
  async edit(change: (script: string) => string): Promise<void> {
    const script = join(this.#folder, 'train.py');
    await writeFile(script, change(await readFile(script, 'utf8')));
  }

  /** What it trains with, at a short place, which pictures may show. */
  get python(): string {
    return this.#python;
  }

  /** Trains once, recorded. */
  run(name: string, version: number, ...args: string[]): Promise<void> {
    return this.script('train.py', name, version, ...args);
  }

  /** One of the scripts, recorded. */
  script(script: string, name: string, version: number, ...args: string[]): Promise<void> {
    const command = [this.#python, script, ...args];
    const asked = ['--data', `${this.#dataset}@v${version}`, '--name', name, '--experiment', 'digits'];
    const ended = this.#home.run('-C', this.#folder, 'run', ...asked, '--', ...command);
    return ended.then(({ code, stderr }) => {
      if (code !== 0) throw new Error(`${name} ended with ${code}: ${stderr}`);
    });
  }

  /** Trains, held: `letGo` takes it on, from epoch to epoch and to its end. */
  async held(name: string, version: number, epochs: number) {
    await this.hold();
    const ended = this.run(name, version, '--epochs', String(epochs)).finally(() => this.release());
    return { ended, letGo: (...steps: Step[]) => this.letGo(...steps) };
  }

  /** What begins now takes only these steps, and those that it is let go to, until `release`. */
  async hold(...steps: Step[]): Promise<void> {
    await mkdir(this.#hold);
    await this.letGo(...steps);
  }

  async letGo(...steps: Step[]): Promise<void> {
    for (const step of steps) await writeFile(join(this.#hold, String(step)), '');
  }

  release(): Promise<void> {
    return rm(this.#hold, { recursive: true });
  }

  get #hold(): string {
    return this.#home.path('work', '.hold');
  }

  #git(...args: string[]): void {
    execFileSync('git', args, { cwd: this.#folder });
  }

  /** Three runs: a first one, one with other parameters, and one with a changed script on the corrected data. */
  async threeRuns(): Promise<void> {
    await this.run('first try', 1, '--lr', '0.05');
    await this.run('wider', 1, '--lr', '0.2', '--hidden', '64');
    await this.edit((script) =>
      script.replaceAll('64), y[start', '32), y[start').replaceAll('cut, 64', 'cut, 32'),
    );
    await this.run('cleaner data', 2, '--lr', '0.2', '--hidden', '64');
  }
}

/** Which epoch's loss the chart of an open run's page shows as its newest, by what the script printed; -1: none's. */
export async function epochShown(page: Locator | FrameLocator): Promise<number> {
  const output = await page.getByRole('region', { name: 'Output' }).innerText();
  const shown = await page.getByRole('figure', { name: 'loss' }).locator('.fb-readout b').first().innerText();
  for (const [, epoch, loss] of output.matchAll(/epoch (\d+): loss ([\d.]+)/g)) {
    if (Math.abs(Number(loss) - Number(shown)) < 1e-4) return Number(epoch);
  }
  return -1;
}
