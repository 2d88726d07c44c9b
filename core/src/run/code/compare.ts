import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { isCommit, type RecordedCode } from './recorded.ts';

/** More of a patch isn't told; characters. */
const mostPatch = 16 * 2 ** 20;

/**
 * What differs between the code of two runs, uncommitted changes and untracked files included, as `git diff` writes it.
 * `folder` lies in a repository that has both commits; nothing in it changes. Throws what git says where it can't.
 */
export async function compareCode(
  folder: string,
  before: RecordedCode,
  after: RecordedCode,
): Promise<string> {
  for (const { commit } of [before, after]) {
    if (!isCommit(commit)) throw new Error(`'${commit.slice(0, 80)}' is no commit's id.`);
  }
  await stat(folder);
  const scratch = await mkdtemp(path.join(tmpdir(), 'forebay-diff-'));
  try {
    const objects = (
      await git(folder, {}, ['rev-parse', '--path-format=absolute', '--git-path', 'objects'])
    ).trim();
    await mkdir(path.join(scratch, 'objects'));
    // What is written on the way goes to a store of its own.
    const env = {
      GIT_OBJECT_DIRECTORY: path.join(scratch, 'objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
    };
    const top = (await git(folder, {}, ['rev-parse', '--show-toplevel'])).trim();
    const one = await writeTree(top, { ...env, GIT_INDEX_FILE: path.join(scratch, 'before') }, before);
    const two = await writeTree(top, { ...env, GIT_INDEX_FILE: path.join(scratch, 'after') }, after);
    const plain = [
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      '--src-prefix=a/',
      '--dst-prefix=b/',
      '-M',
    ];
    const patch = await git(top, env, ['diff', ...plain, one, two]);
    if (patch.length > mostPatch) throw new Error('More differs than can be shown.');
    return patch;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The id of a tree that holds the code as it was. */
async function writeTree(top: string, env: NodeJS.ProcessEnv, code: RecordedCode): Promise<string> {
  await git(top, env, ['read-tree', code.commit]);
  if (code.diff.length > 0) await git(top, env, ['apply', '--cached', '--whitespace=nowarn'], code.diff);
  for (const { path: file, bytes } of code.untracked) {
    const id = (await git(top, env, ['hash-object', '-w', '--stdin'], bytes)).trim();
    await git(top, env, ['update-index', '--add', '--cacheinfo', `100644,${id},${file}`]);
  }
  return (await git(top, env, ['write-tree'])).trim();
}

/** Its output. A repository's own hooks and monitors don't run. */
async function git(
  folder: string,
  env: NodeJS.ProcessEnv,
  args: string[],
  input: Uint8Array = new Uint8Array(),
): Promise<string> {
  const safe = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];
  const child = spawn('git', [...safe, ...args], { cwd: folder, env: { ...surroundings(), ...env } });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  const [output, said, ended] = await Promise.all([buffer(child.stdout), text(child.stderr), code]);
  if (ended !== 0) throw new Error(said.trim().split('\n').at(-1) || `git ended with ${ended}.`);
  return output.toString();
}

/** Without what points whoever started this process at a repository; nothing is fetched and nobody asked. */
function surroundings(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([key]) => !key.startsWith('GIT_'));
  return { ...Object.fromEntries(own), GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
}
