import {
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  lm,
  McpStdioServerDefinition,
  workspace,
} from 'vscode';
import { serverDefinition } from './serverDefinition.ts';

const setting = 'forebay.mcp.allowWrites';

/** Datasets, caches and runs for the editor's assistant; nothing in editors that know no such servers. */
export function registerMcp({ extensionPath, extension }: ExtensionContext): Disposable[] {
  if (typeof lm?.registerMcpServerDefinitionProvider !== 'function') return [];
  const changed = new EventEmitter<void>();
  const provider = lm.registerMcpServerDefinitionProvider('forebay', {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: () => {
      const allowWrites = workspace.getConfiguration().get(setting) === true;
      const { label, command, args, env } = serverDefinition(extensionPath, process.execPath, allowWrites);
      return [new McpStdioServerDefinition(label, command, args, env, extension.packageJSON.version)];
    },
  });
  const setAnew = workspace.onDidChangeConfiguration(
    (event) => event.affectsConfiguration(setting) && changed.fire(),
  );
  return [changed, provider, setAnew];
}
