import path from 'node:path';

/** How the editor's assistant starts `forebay mcp`: from the bundle that the extension brings, with the editor's Node, or the one that the settings name where the daemon needs a newer one. */
export function serverDefinition(
  extensionPath: string,
  node: string,
  { allowWrites, nodePath }: { allowWrites: boolean; nodePath: string },
): { label: string; command: string; args: string[]; env: Record<string, string> } {
  const bundle = path.join(extensionPath, 'dist', 'bundle', 'forebay.mjs');
  return {
    label: allowWrites ? 'Forebay' : 'Forebay (reads only)',
    command: node,
    args: [bundle, 'mcp', ...(allowWrites ? ['--allow-writes'] : [])],
    env: { ELECTRON_RUN_AS_NODE: '1', ...(nodePath === '' ? {} : { FOREBAY_NODE: nodePath }) },
  };
}
