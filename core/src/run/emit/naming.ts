import { hash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Of a dataset or a job, as OpenLineage tells them apart (https://openlineage.io/docs/spec/naming). */
export interface LineageName {
  namespace: string;
  name: string;
}

/** A lake's namespace: its own address, `s3://bucket/prefix`, or `file://HOST/path` of a folder, which is another on another host. */
export function lakeNamespace(url: string, host: string): string {
  if (!path.isAbsolute(url)) return url;
  const file = pathToFileURL(url);
  return `file://${host}${file.pathname}`;
}

/** A dataset that isn't Forebay's: by its address where it has one, else by the name that a script gave it. */
export function foreignName(name: string, source: string, namespace: string): LineageName {
  const address = addressIn(source);
  if (!address) return { namespace, name };
  const { protocol, host, pathname } = address;
  const place = decode(pathname).replace(/^\//, '');
  return { namespace: `${protocol}//${host}`, name: place || name };
}

/** MLflow keeps sources as JSON, with the address as `uri`, `url` or `path`. */
function addressIn(source: string): URL | undefined {
  try {
    const { uri, url, path: at } = JSON.parse(source) as Record<string, unknown>;
    const text = [uri, url, at].find((each) => typeof each === 'string') as string | undefined;
    return text !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? new URL(text) : undefined;
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A run's id is 32 hexadecimal digits, which a UUID is too; any other becomes one by its hash. */
export function runUuid(id: string): string {
  const digits = /^[0-9a-f]{32}$/.test(id) ? id : hash('sha256', id).slice(0, 32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The same for every run of a script in a folder or an experiment: `lungs.train.py`. */
export function jobName(scope: string, command: readonly string[]): string {
  const script = scriptOf(command);
  return script === '' ? scope : `${scope}.${script}`;
}

const interpreters = /^(python|pypy|node|ruby|perl|julia|bash|dash|zsh|sh)[\d.]*$|^Rscript$/;

/** What a command runs: the script where an interpreter runs one, the module of `-m`, else the program. */
function scriptOf([program = '', ...args]: readonly string[]): string {
  const name = path.basename(program);
  if (!interpreters.test(name)) return name;
  const at = args.findIndex((arg) => arg === '-m' || arg === '-c' || !arg.startsWith('-'));
  const [first, second] = args.slice(at < 0 ? args.length : at);
  if (first === '-m') return second ?? name;
  return first === undefined || first === '-c' ? name : path.basename(first);
}
