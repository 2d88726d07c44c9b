import type { Selection } from '../schemas.ts';

/** A dataset's name as a Python variable for its folder: 'chest-xray' becomes `chest_xray_path`. Never a keyword. */
export function mountVariable(name: string): string {
  const words = name.split(/[^a-z0-9]+/).filter(Boolean);
  const variable = [...words, 'path'].join('_');
  return /^\d/.test(variable) ? `data_${variable}` : variable;
}

/** The Python lines that open a version, or a part of it, from a notebook or a script, ending with an empty line. */
export function mountCode(name: string, version: number, part: Selection | null = null): string {
  const globs = (['include', 'exclude'] as const)
    .filter((kind) => part !== null && part[kind].length > 0)
    .map((kind) => `, ${kind}=[${part?.[kind].map(pythonText).join(', ')}]`);
  return `import forebay\n${mountVariable(name)} = forebay.mount("${name}@v${version}"${globs.join('')})\n`;
}

/** A Python string: JSON's escapes are Python's too, but for characters beyond the first plane, which stand as they are. */
export const pythonText = (text: string): string => JSON.stringify(text);
