/** In the order in which the first round runs them. */
export const peerIds = [
  'forebay',
  'raw',
  's5cmd',
  'restic',
  'dvc',
  'tar',
  'cp',
  'find',
  'forebay-directory',
] as const;
export type PeerId = (typeof peerIds)[number];
