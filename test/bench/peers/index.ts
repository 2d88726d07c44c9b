import { cp } from './cp.ts';
import { dvc } from './dvc.ts';
import { find } from './find.ts';
import { forebay } from './forebay/forebay.ts';
import type { Peer } from './peer.ts';
import { raw } from './raw.ts';
import { restic } from './restic.ts';
import { s5cmd } from './s5cmd.ts';
import { tar } from './tar.ts';

/** In the order in which the first round runs them. */
export const peers: Peer[] = [
  forebay('forebay'),
  raw,
  s5cmd,
  restic,
  dvc,
  tar,
  cp,
  find,
  forebay('forebay-directory'),
];
