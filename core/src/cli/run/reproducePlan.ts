import { codeTag } from '../../api/runTags.ts';
import type { Run } from '../../api/schemas.ts';

/** What is known of a run that was recorded, as far as it takes to do it again. */
export interface Recorded {
  run: Run;
  /** Where its commit can be had; undefined where it can't. */
  source: { repository: string; prefix: string } | undefined;
  python: { executable: string; version: string } | null;
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
export function planReproduction({ run, source, python, currentEnvironment }: Recorded): ReproducePlan {
  const commit = run.tags[codeTag.commit];
  const foreign = run.datasets.filter(({ version }) => version === null).map(({ name }) => name);
  const leftOut = run.tags[codeTag.leftOut];
  const refusal = !run.command
    ? `${run.name} was not started by forebay run: its command is not known.`
    : commit !== undefined && !source
      ? `Commit ${commit.slice(0, 10)} can't be had from ${run.folder}.`
      : null;
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
    `run ${run.command?.join(' ') ?? ''}`,
  ];
  const warnings = [
    commit === undefined && 'Its code is not in a git repository: what has changed since stays changed.',
    leftOut &&
      `Changes that were not recorded, since they are large or secret, are missing: ${leftOut.split('\n').join(', ')}.`,
    foreign.length > 0 && `Data that Forebay doesn't keep may have changed: ${foreign.join(', ')}.`,
    python === null && 'Its packages are not recorded: those of now are used.',
  ].filter((warning): warning is string => typeof warning === 'string');
  return { steps, warnings, refusal };
}
