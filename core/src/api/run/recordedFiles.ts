/** Where a run's record of itself lies among its artifacts, under names that a script won't choose. */
export const recordedFiles = {
  diff: 'forebay/code.diff',
  /** A folder: files that git didn't know, by their paths in the repository. */
  untracked: 'forebay/untracked/',
  environment: 'forebay/environment.json',
  requirements: 'forebay/requirements.txt',
  params: 'forebay/params.json',
  /** What the cell said that a notebook's run is. */
  cell: 'forebay/cell.py',
} as const;
