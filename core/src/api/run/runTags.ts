/** A person's remarks on a run, in Markdown; where MLflow's own pages keep them. */
export const noteTag = 'mlflow.note.content';
/** Set to `true` on runs that somebody wants to find again. */
export const starTag = 'forebay.starred';
/** Set to `true` on runs that are kept but not looked at any more. */
export const archiveTag = 'forebay.archived';

/** Set to `true` on runs that are a block of a program, as a cell of a notebook: they have no command that could be run again. */
export const blockTag = 'forebay.block';

/** Why a run that a script logged by itself counts as lost, in a sentence; gone once it is heard of again. */
export const lostTag = 'forebay.lost';

/** What is known of a run's code; the first three as MLflow's own clients name them. */
export const codeTag = {
  commit: 'mlflow.source.git.commit',
  branch: 'mlflow.source.git.branch',
  repository: 'mlflow.source.git.repoURL',
  /** How many files differed from the commit. */
  changed: 'forebay.code.changed',
  /** Names of what was not kept, a line each; `the diff` stands for all of it. */
  leftOut: 'forebay.code.leftOut',
  /** Of what was kept of the diff, `sha256:HEX`: a run without it had none. */
  diff: 'forebay.code.diff',
  /** Names of untracked files that can be executed, a line each. */
  executable: 'forebay.code.executable',
} as const;
