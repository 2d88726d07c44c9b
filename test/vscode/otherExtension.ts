import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { node, root } from '../support/home.ts';

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
const vscode = require('vscode');
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');

exports.activate = (context) => {
  context.subscriptions.push(vscode.commands.registerCommand('other.ask', async () => {
    const forebay = await vscode.extensions.getExtension('forebay.forebay').activate();
    const seen = [];
    context.subscriptions.push(forebay.onDidChange(({ kind }) => seen.push(kind)));
    const client = await forebay.client();
    await client.datasets.change('chest-scans', { description: 'told by another extension' });
    const answer = {
      apiVersion: forebay.apiVersion,
      datasets: (await client.datasets.list()).map(({ name }) => name),
      code: await forebay.mountCode('chest-scans@latest'),
      refused: await forebay.mountCode('No Name').catch(({ code }) => code),
      mcp: typeof vscode.lm.registerMcpServerDefinitionProvider,
    };
    while (!seen.includes('dataset')) await new Promise((resolve) => setTimeout(resolve, 50));
    forebay.open('caches');
    writeFileSync(join(vscode.workspace.workspaceFolders[0].uri.fsPath, 'answer.json'), JSON.stringify(answer));
  }));
};
`;

/** A small extension that asks Forebay's for its API, packed below `folder`. */
export async function packOtherExtension(folder: string): Promise<string> {
  const packed = join(folder, 'other.vsix');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), program);
  await writeFile(join(folder, 'README.md'), '# Other\n');
  await writeFile(join(folder, 'LICENSE'), 'Apache-2.0\n');
  await promisify(execFile)(node, [vsce, 'package', '--no-dependencies', '--out', packed], { cwd: folder });
  return packed;
}
