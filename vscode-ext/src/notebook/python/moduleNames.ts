import type { PythonText } from './pythonText.ts';

/** What stands for the module `forebay` and its functions: `fb` after `import forebay as fb`. */
export interface ModuleNames {
  modules: ReadonlySet<string>;
  /** Name here -> function: `open_version` -> `open`. */
  functions: ReadonlyMap<string, string>;
}

const imported = /^[ \t]*import[ \t]+([^\n;]+)/gm;
const taken = /^[ \t]*from[ \t]+forebay[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n;]+))/gm;

/** Of all cells of a notebook, since one imports what others use. */
export function moduleNames(texts: readonly PythonText[]): ModuleNames {
  const modules = new Set(['forebay']);
  const functions = new Map<string, string>();
  for (const { code } of texts) {
    for (const [, names = ''] of code.matchAll(imported)) {
      for (const one of names.split(',')) {
        const alias = /^\s*forebay\s+as\s+(\w+)\s*$/.exec(one)?.[1];
        if (alias) modules.add(alias);
      }
    }
    for (const [, several, line] of code.matchAll(taken)) {
      for (const one of (several ?? line ?? '').split(',')) {
        const [, name, alias] = /^\s*(\w+)(?:\s+as\s+(\w+))?\s*$/.exec(one) ?? [];
        if (name) functions.set(alias ?? name, name);
      }
    }
  }
  return { modules, functions };
}

/** The function whose call begins at the end of `code`, `forebay.mount(` say, where the next string is its first argument. */
export function calledFunction(code: string, { modules, functions }: ModuleNames): string | undefined {
  const [, path, name] = /(?<![\w.])((?:\w+\.)?)(\w+)\(\s*(?:ref\s*=\s*)?$/.exec(code.slice(-300)) ?? [];
  if (name === undefined) return undefined;
  if (path === '') return functions.get(name);
  return modules.has((path ?? '').slice(0, -1)) ? name : undefined;
}
