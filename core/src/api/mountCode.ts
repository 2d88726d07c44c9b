/** A dataset's name as a Python variable for its folder: 'chest-xray' becomes `chest_xray_path`. Never a keyword. */
export function mountVariable(name: string): string {
  const words = name.split(/[^a-z0-9]+/).filter(Boolean);
  const variable = [...words, 'path'].join('_');
  return /^\d/.test(variable) ? `data_${variable}` : variable;
}

/** The Python lines that open a version from a notebook or a script, ending with an empty line. */
export function mountCode(name: string, version: number): string {
  return `import forebay\n${mountVariable(name)} = forebay.mount("${name}@v${version}")\n`;
}
