import { calledFunction, type ModuleNames } from './moduleNames.ts';
import type { PythonText } from './pythonText.ts';

/** What is being typed: a dataset's name, or what follows its @. `text` is what there is of it. */
export type Typed = { kind: 'dataset'; text: string } | { kind: 'selector'; dataset: string; text: string };

/** Functions of the kernel's module and magics whose first argument is a version. */
const commands = new Set([
  ...['mount', 'open', 'cache', 'uncache', 'pin', 'unpin', 'describe', 'diff', 'files', 'lineage', 'ls'],
  ...['log', 'versions', 'tag'],
]);
const address = /^(?:[\w+]+::)*forebay:\/\//;

/** What stands at the end of a text that ends at the cursor; undefined: nothing of ours. */
export function typedIn(before: string, python: PythonText, names: ModuleNames): Typed | undefined {
  const magic = python.magics.at(-1);
  if (magic && magic.start + magic.text.length === before.length) {
    const words = magic.text.split(/[ \t]+/).slice(1);
    const fragment = words.pop() ?? '';
    const [command, ...given] = words.filter((word) => !word.startsWith('-'));
    const wanted = command === 'diff' ? 2 : 1;
    return command !== undefined && commands.has(command) && given.length < wanted
      ? ofRef(fragment)
      : undefined;
  }
  const string = python.strings.at(-1);
  if (!string || string.closed || string.contentEnd !== before.length || /[fbt]/.test(string.prefix))
    return undefined;
  const content = before.slice(string.contentStart);
  const start = address.exec(content)?.[0];
  if (start !== undefined) return ofRef(content.slice(start.length));
  const called = calledFunction(python.code.slice(Math.max(0, string.start - 300), string.start), names);
  return called !== undefined && commands.has(called) ? ofRef(content) : undefined;
}

function ofRef(text: string): Typed | undefined {
  if (/[^a-zA-Z0-9._@-]/.test(text)) return undefined;
  const at = text.indexOf('@');
  if (at < 0) return { kind: 'dataset', text };
  return { kind: 'selector', dataset: text.slice(0, at), text: text.slice(at + 1) };
}
