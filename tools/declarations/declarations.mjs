import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import * as schemas from '../../core/src/api/schemas.ts';
import { typeText } from './schemaTypes.mjs';

const root = join(import.meta.dirname, '..', '..');
const core = join(root, 'core', 'src');

/**
 * Writes one file of types without imports, for those who use what an extension exports: all that `entry` leads to, a
 * TypeScript file of types alone.
 */
export function writeDeclarations(entry, out) {
  const folder = mkdtempSync(join(tmpdir(), 'forebay-types-'));
  try {
    emit(entry, folder);
    const textOf = (path) =>
      readFileSync(join(folder, relative(root, path)).replace(/\.ts$/, '.d.ts'), 'utf8');
    const known = new Map(schemaDeclarations());
    for (const path of filesFrom(entry, textOf)) {
      for (const [name, text] of declarationsIn(textOf(path))) {
        if (known.has(name) && known.get(name) !== text) throw new Error(`Two types are called ${name}.`);
        known.set(name, text);
      }
    }
    const wanted = reached(declarationsIn(textOf(entry)).keys(), known);
    const head = '// What Forebay exports to other extensions; made from its source, not to be changed.';
    writeFileSync(out, `${[head, ...wanted.map((name) => known.get(name))].join('\n\n')}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function emit(path, folder) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const config = join(folder, 'tsconfig.json');
  const compilerOptions = {
    ...{
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      stripInternal: true,
      outDir: folder,
      rootDir: root,
    },
    // Else core would count as a library, whose types aren't written anew.
    paths: {
      '@forebay/core/client': [join(core, 'client', 'index.ts')],
      '@forebay/core/api/*': [join(core, 'api', '*.ts')],
    },
    ...{ types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] },
  };
  const settings = { extends: join(root, 'tsconfig.base.json'), compilerOptions, files: [path] };
  writeFileSync(config, JSON.stringify(settings));
  execFileSync(process.execPath, [tsc, '-p', config], { stdio: 'inherit' });
}

/** The file itself and all whose types it names; schemas are printed by themselves. */
function filesFrom(path, textOf, seen = new Set()) {
  if (seen.has(path) || path === join(core, 'api', 'schemas.ts')) return seen;
  seen.add(path);
  for (const [, name = ''] of textOf(path).matchAll(/ from '([^']+)';/g)) {
    const next = name.startsWith('.') ? resolve(dirname(path), name) : ofCore(name);
    if (next) filesFrom(next, textOf, seen);
  }
  return seen;
}

function ofCore(name) {
  if (name === '@forebay/core/client') return join(core, 'client', 'index.ts');
  const [, api] = /^@forebay\/core\/(api\/.*)$/.exec(name) ?? [];
  return api && join(core, `${api}.ts`);
}

/** Interfaces and types by name; classes as what their objects are. The compiler begins each at a line's start. */
function declarationsIn(text) {
  const found = new Map();
  let said = '';
  for (const part of text.trimEnd().split(/\n(?=\/\*\*|export |import |declare )/)) {
    const [, kind, name, rest = ''] =
      /^export (?:declare )?(type|interface|class) (\w+)(.*)$/s.exec(part) ?? [];
    if (name) {
      const own = kind === 'class' ? membersOf(rest) : rest;
      found.set(name, `${said}export ${kind === 'type' ? 'type' : 'interface'} ${name}${own}`);
    }
    said = part.startsWith('/**') ? `${part}\n` : '';
  }
  return found;
}

/** Nobody outside makes one. */
function membersOf(body) {
  return body.replace(/^ {4}#private;\n/m, '').replace(/^ {4}constructor\(.*\);\n/m, '');
}

function schemaDeclarations() {
  const isSchema = (value) => value !== null && typeof value === 'object' && '_zod' in value;
  const all = Object.entries(schemas).flatMap(([name, value]) => (isSchema(value) ? [[name, value]] : []));
  const names = new Map(all.map(([name, schema]) => [schema, name]));
  return all.map(([name, schema]) => [name, `export type ${name} = ${typeText(schema, names)};`]);
}

/** Those that `names` lead to, in the order in which they are met. */
function reached(names, known) {
  const met = new Set(names);
  for (const name of met) {
    const code = (known.get(name) ?? '').replaceAll(/\/\*\*.*?\*\//gs, '');
    for (const [word] of code.matchAll(/\b[A-Z]\w*\b/g)) if (known.has(word)) met.add(word);
  }
  return [...met];
}
