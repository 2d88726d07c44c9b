/** JSON with a line for each part; its numbers and texts stay as written, since reading them would lose digits. No JSON stays as it is. */
export function indentJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let indented = '';
  let depth = 0;
  let before = '';
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const opened = before === '{' || before === '[';
    const closes = token === '}' || token === ']';
    if (closes) depth--;
    if (closes ? !opened : opened || before === ',') indented += line();
    if (token === '{' || token === '[') depth++;
    indented += token === ':' ? ': ' : token;
    before = token;
  }
  return indented;
}
