import { invalid } from '../error.ts';

export type Token =
  | { kind: 'name'; entity: string | null; key: string }
  | { kind: 'string'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'operator'; value: string }
  | { kind: 'word'; value: string }
  | { kind: 'mark'; value: '(' | ')' | ',' };

const words = new Set(['AND', 'OR', 'IN', 'NOT', 'LIKE', 'ILIKE', 'IS', 'NULL', 'ASC', 'DESC']);

const pattern = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    // metrics.loss, params.`a key`, tags."a.b", `run name`, start_time
    String.raw`(?<entity>[A-Za-z_]+)\.(?:\x60(?<ticked>[^\x60]*)\x60|"(?<quotedKey>[^"]*)"|(?<key>[\w./:\-]*\w))`,
    String.raw`\x60(?<tickedName>[^\x60]*)\x60`,
    `'(?<single>[^']*)'|"(?<double>[^"]*)"`,
    String.raw`(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])`,
    '(?<operator><=|>=|!=|=|<|>)',
    '(?<mark>[(),])',
    String.raw`(?<word>[A-Za-z_]\w*)`,
  ].join('|'),
  'uy',
);

/** Cuts a filter or an order into its tokens; `whole` is what a message quotes. Throws `INVALID_PARAMETER_VALUE`. */
export function tokensOf(text: string, whole: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw invalid(`Invalid filter '${whole}': '${text.slice(at, at + 20)}' is not understood.`);
    at = pattern.lastIndex;
    const token = tokenOf(found.groups ?? {});
    if (token) tokens.push(token);
  }
  return tokens;
}

function tokenOf(groups: Record<string, string | undefined>): Token | undefined {
  const { entity, tickedName, single, double, number, operator, mark, word } = groups;
  if (entity !== undefined) {
    return { kind: 'name', entity, key: groups.ticked ?? groups.quotedKey ?? groups.key ?? '' };
  }
  if (tickedName !== undefined) return { kind: 'name', entity: null, key: tickedName };
  const text = single ?? double;
  if (text !== undefined) return { kind: 'string', value: text };
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (operator !== undefined) return { kind: 'operator', value: operator };
  if (mark !== undefined) return { kind: 'mark', value: mark as '(' | ')' | ',' };
  if (word === undefined) return undefined;
  const upper = word.toUpperCase();
  return words.has(upper) ? { kind: 'word', value: upper } : { kind: 'name', entity: null, key: word };
}
