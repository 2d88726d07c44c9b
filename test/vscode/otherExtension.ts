import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { node, root } from '../support/home.ts';

const execute = promisify(execFile);
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');

const manifest = {
  name: 'other',
  publisher: 'somebody',
  version: '1.0.0',
  description: 'Uses what Forebay offers to other extensions',
  repository: 'https://example.com/other',
  license: 'Apache-2.0',
  engines: { vscode: '^1.101.0' },
  main: './extension.js',
  activationEvents: [],
  extensionDependencies: ['forebay.forebay'],
  contributes: { commands: [{ command: 'other.ask', title: 'Other: Ask Forebay' }] },
};

const program = `
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Dataset, ForebayApi, Placement } from './forebay';

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(vscode.commands.registerCommand('other.ask', async () => {
    const forebay: ForebayApi = await vscode.extensions.getExtension<ForebayApi>('forebay.forebay')!.activate();
    const seen: string[] = [];
    context.subscriptions.push(forebay.onDidChange(({ kind }) => seen.push(kind)));
    const client = await forebay.client();
    await client.datasets.change('chest-scans', { description: 'told by another extension' });
    const datasets: Dataset[] = await client.datasets.list();
    const placements: Placement[] = await client.placements.list();
    const answer = {
      apiVersion: forebay.apiVersion,
      datasets: datasets.map(({ name }) => name),
      bytes: datasets.every(({ latest }) => latest === null || latest.bytes > 0),
      cached: placements.map(({ dataset, state }) => \`\${dataset} \${state satisfies Placement['state']}\`),
      code: await forebay.mountCode('chest-scans@latest'),
      refused: await forebay.mountCode('No Name').catch(({ code }) => code),
      mcp: typeof vscode.lm.registerMcpServerDefinitionProvider,
    };
    while (!seen.includes('dataset')) await new Promise((resolve) => setTimeout(resolve, 50));
    forebay.open('caches');
    writeFileSync(join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'answer.json'), JSON.stringify(answer));
  }));
}
`;

const types = join(root, 'vscode-ext', 'dist', 'forebay.d.ts');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** As its author has it: with the types that Forebay brings, checked as strictly as can be. */
const compilerOptions = {
  ...{
    target: 'es2023',
    lib: ['es2023'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
  },
  ...{ types: ['node', 'vscode'], typeRoots: [join(root, 'node_modules', '@types')], skipLibCheck: false },
};

/** A small extension that asks Forebay's for its API, compiled and packed below `folder`. */
export async function packOtherExtension(folder: string): Promise<string> {
  const packed = join(folder, 'other.vsix');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.ts'), program);
  await copyFile(types, join(folder, 'forebay.d.ts'));
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['extension.ts'] }),
  );
  await execute(node, [tsc, '-p', folder]).catch(({ stdout }) => {
    throw new Error(`The other extension doesn't compile:\n${stdout}`);
  });
  await writeFile(join(folder, 'README.md'), '# Other\n');
  await writeFile(join(folder, 'LICENSE'), 'Apache-2.0\n');
  await execute(node, [vsce, 'package', '--no-dependencies', '--out', packed], { cwd: folder });
  return packed;
}
