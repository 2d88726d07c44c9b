import { isAlias, isMap, isPair, isScalar, isSeq, type ParsedNode, parseDocument, visit } from 'yaml';
import { ForebayError } from '../api/errors.ts';

/** More than this is data, not parameters. */
const most = 1000;

/**
 * Parameters of a YAML or JSON file (which is YAML too), flattened: `optim: {lr: 0.1}` is `optim.lr`. Values are kept as
 * they are written; a list is one value. Throws `bad-request`.
 */
export function parseParams(text: string, file: string): Record<string, string> {
  const document = parseDocument(text, { merge: true });
  const [problem] = document.errors;
  if (problem) throw unreadable(file, problem.message.split('\n')[0] ?? '');
  visit(document, {
    Alias: (_, alias) => (isAlias(alias) ? alias.resolve(document) : undefined),
  });
  const top = document.contents;
  if (top !== null && !isMap(top)) throw unreadable(file, 'At its top must be names and values.');
  const found = top === null ? [] : [...flatten(top as ParsedNode, '')];
  if (found.length > most) throw unreadable(file, `It holds more than ${most} parameters.`);
  return Object.fromEntries(found);
}

function* flatten(node: unknown, prefix: string): Generator<[string, string]> {
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const key = isScalar(pair.key) ? textOf(pair.key) : String(pair.key);
      yield* flatten(pair.value, prefix === '' ? key : `${prefix}.${key}`);
    }
  } else if (isSeq(node)) {
    yield [prefix, JSON.stringify(node.toJSON())];
  } else if (isScalar(node)) {
    yield [prefix, textOf(node)];
  } else {
    yield [prefix, ''];
  }
}

/** Strings without their quotes, anything else as it is written: 1e-3 stays 1e-3. */
const textOf = ({ value, source }: { value: unknown; source?: string | undefined }): string =>
  typeof value === 'string' ? value : (source ?? String(value));

const unreadable = (file: string, why: string) =>
  new ForebayError(
    'bad-request',
    `${file} can't be read as parameters: ${why}`,
    'Write names and values, as YAML or JSON.',
  );
