import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ForebayError } from '../../api/errors.ts';

/** Where this person's durable state lies: `$FOREBAY_HOME`, or the platform's data folder. Absolute. */
export function homeOf(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  userHome: string = os.homedir(),
): string {
  if (env.FOREBAY_HOME) return path.resolve(env.FOREBAY_HOME);
  if (platform === 'darwin') return path.join(userHome, 'Library', 'Application Support', 'Forebay');
  if (platform === 'win32') {
    return path.join(env.LOCALAPPDATA || path.join(userHome, 'AppData', 'Local'), 'Forebay');
  }
  return path.join(env.XDG_DATA_HOME || path.join(userHome, '.local', 'share'), 'forebay');
}

export function makeHome(home: string): void {
  try {
    fs.mkdirSync(home, { recursive: true, mode: 0o700 });
    fs.accessSync(home, fs.constants.W_OK);
  } catch (cause) {
    throw new ForebayError(
      'daemon-unreachable',
      `Forebay's home ${home} can't be made or written to (${(cause as NodeJS.ErrnoException).code}).`,
      'Point FOREBAY_HOME to a folder of your own.',
      { cause },
    );
  }
}
