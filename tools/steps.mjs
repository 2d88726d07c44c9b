// Runs on Node 20 with nothing installed: what `npm start` and `npm test` need before anything is there.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const cache = join(root, '.cache');

/** A failure that is told in one sentence, without a stack trace. */
export class Refusal extends Error {}

/** Ends the process with the sentence of a Refusal; anything else is a bug and keeps its stack. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Refusal ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/** Says what is done and how long it took. */
export async function step(title, body) {
  const begun = performance.now();
  process.stdout.write(`  ${title} ...`);
  try {
    const result = await body();
    console.log(` ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    console.log(' failed');
    throw error;
  }
}

/**
 * As `step`, but only if `product` is missing, or `inputs` (files and folders of the project, or plain text)
 * changed since it was last made.
 */
export async function stepOnce(title, product, inputs, body) {
  const stamp = join(cache, 'stamps', createHash('sha256').update(title).digest('hex').slice(0, 16));
  const hash = createHash('sha256').update(inputs.map(digestOf).join('\n')).digest('hex');
  if (product !== null && existsSync(product) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash)
    return false;
  await step(title, body);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

const made = new Set(['node_modules', 'dist', 'lib', '.cache', '__pycache__', 'labextension', 'bundle']);

function digestOf(input) {
  const path = join(root, input);
  if (!existsSync(path)) return input;
  const hash = createHash('sha256');
  const visit = (at) => {
    const entries = readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (made.has(entry.name) || entry.name.endsWith('.test.ts')) continue;
      const child = join(at, entry.name);
      if (entry.isDirectory()) visit(child);
      else if (entry.isFile()) hash.update(child).update(readFileSync(child));
    }
  };
  if (statSync(path).isDirectory()) visit(path);
  else hash.update(readFileSync(path));
  return hash.digest('hex');
}

/** Runs a command to its end; its output is shown only if it fails. Throws a Refusal that quotes the end of it. */
export function run(command, args, { cwd = root, env = process.env, hint } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) =>
      reject(new Refusal(`${command} can't be started: ${error.message}. ${hint ?? ''}`)),
    );
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Refusal(
            `${command} ${args.join(' ')} failed (${code}):\n${output.slice(-4000)}\n${hint ?? ''}`,
          ),
        );
    });
  });
}
