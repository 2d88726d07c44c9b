import { recordedFiles } from '../../api/run/recordedFiles.ts';
import { codeTag } from '../../api/run/runTags.ts';
import { isBlock } from '../../api/run/runText.ts';
import type { Run } from '../../api/schemas.ts';
import type { CodeSource } from '../../runner/restore/findCode.ts';
import type { RecordedPython } from '../../runner/restore/restorePython.ts';

/** What is known of a run that was recorded, as far as it takes to do it again. */
export interface Recorded {
  run: Run;
  /** Where its commit can be had; undefined where it can't. */
  source: CodeSource | undefined;
  /** What differed from its commit; undefined where that was kept and is not there, or is another now. */
  diff: Uint8Array | undefined;
  /** Versions that it read and that the lake no longer has, as `NAME@vN`. */
  gone: readonly string[];
  python: RecordedPython | null;
  /** Of its packages, a line each; empty where they aren't recorded. */
  requirements: string;
  /** Packages that were installed from files or folders of this machine which are no longer there, as `NAME @ ADDRESS`. */
  lostPackages: readonly string[];
  /** Why its Python can't be had any more, in a sentence; null where it can. */
  lostPython: string | null;
  currentEnvironment: boolean;
}

export interface ReproducePlan {
  steps: string[];
  /** What can't be as it was; it is done all the same. */
  warnings: string[];
  /** Why it can't be done at all. */
  refusal: string | null;
}

/** What will be done, what can't be as it was, and whether it can be done at all, in sentences. */
export function planReproduction(recorded: Recorded): ReproducePlan {
  const { run, source, python, currentEnvironment } = recorded;
  const commit = run.tags[codeTag.commit];
  const foreign = run.datasets.filter(({ version }) => version === null).map(({ name }) => name);
  const leftOut = run.tags[codeTag.leftOut];
  const changed = Number(run.tags[codeTag.changed] ?? 0);
  const steps = [
    source && commit
      ? `check out commit ${commit.slice(0, 10)}${changed > 0 ? ` and what differed from it (${changed} files)` : ''}`
      : `run in ${run.folder} as it is now`,
    ...run.datasets
      .filter(({ version }) => version !== null)
      .map(({ name, version, digest }) => `mount ${name}@v${version} (${digest.slice(0, 20)}…)`),
    python && !currentEnvironment
      ? `make a Python ${python.version} environment with the recorded packages`
      : 'use the packages of now',
    `run ${run.command?.join(' ') ?? ''} with the environment variables of now`,
  ];
  const warnings = [
    commit === undefined && 'Its code is not in a git repository: what has changed since stays changed.',
    leftOut &&
      `Changes that were not recorded, since they are large or secret, are missing: ${leftOut.split('\n').join(', ')}.`,
    source !== undefined &&
      source.ignored.length > 0 &&
      `What git ignores is not recorded, and missing where it runs: ${few(source.ignored)}.`,
    source !== undefined &&
      source.submodules.length > 0 &&
      `Submodules are not checked out: ${few(source.submodules)}.`,
    foreign.length > 0 && `Data that Forebay doesn't keep may have changed: ${foreign.join(', ')}.`,
    python === null && 'Its packages are not recorded: those of now are used.',
  ].filter((warning): warning is string => typeof warning === 'string');
  return { steps, warnings, refusal: refusalOf(recorded) };
}

/** Of many names the first. */
function few(names: readonly string[]): string {
  const more = names.length - 5;
  return more > 0 ? `${names.slice(0, 5).join(', ')} and ${more} more` : names.join(', ');
}

function refusalOf({
  run,
  source,
  diff,
  gone,
  lostPackages,
  lostPython,
  currentEnvironment,
}: Recorded): string | null {
  const commit = run.tags[codeTag.commit];
  if (!run.command) return `${run.name} was not started by forebay run: its command is not known.`;
  if (isBlock(run)) {
    const [program = ''] = run.command;
    return program.endsWith('.ipynb')
      ? `${run.name} is a cell of the notebook ${program}, not a command. Open the notebook and run the cell again; what it said is in ${recordedFiles.cell}, among the artifacts of ${run.name}.`
      : `${run.name} is a block of ${program}, not a command. Start ${program} again by forebay run: such a run can be reproduced.`;
  }
  if (commit !== undefined && !source)
    return `Commit ${commit.slice(0, 10)} can't be had from ${run.folder}.`;
  if (source && diff === undefined) {
    return `What differed from commit ${commit?.slice(0, 10)} is no longer whole among its artifacts (${recordedFiles.diff}): its code can't be had any more.`;
  }
  if (gone.length > 0) {
    return `${gone.join(', ')} ${gone.length === 1 ? 'was' : 'were'} removed: what ${run.name} read can't be had any more.`;
  }
  if (lostPython !== null && !currentEnvironment) {
    return `${lostPython} Run it with the packages of now: add --current-environment.`;
  }
  if (lostPackages.length > 0 && !currentEnvironment) {
    return `It ran with what can't be installed any more: ${lostPackages.join(', ')}. Run it with the packages of now: add --current-environment.`;
  }
  return null;
}
