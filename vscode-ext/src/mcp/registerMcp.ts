import {
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  lm,
  McpStdioServerDefinition,
  workspace,
} from 'vscode';
import { settings } from '../vscode/settings.ts';
import { serverDefinition } from './serverDefinition.ts';

const writes = 'forebay.mcp.allowWrites';

/** Datasets, caches and runs for the editor's assistant; nothing in editors that know no such servers. */
export function registerMcp({ extensionPath, extension }: ExtensionContext): Disposable[] {
  if (typeof lm?.registerMcpServerDefinitionProvider !== 'function') return [];
  const changed = new EventEmitter<void>();
  const provider = lm.registerMcpServerDefinitionProvider('forebay', {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: () => {
      const allowWrites = workspace.getConfiguration().get(writes) === true;
      const { nodePath } = settings;
      const { label, command, args, env } = serverDefinition(extensionPath, process.execPath, {
        allowWrites,
        nodePath,
      });
      return [new McpStdioServerDefinition(label, command, args, env, extension.packageJSON.version)];
    },
  });
  const setAnew = workspace.onDidChangeConfiguration(
    (event) =>
      [writes, 'forebay.nodePath'].some((name) => event.affectsConfiguration(name)) && changed.fire(),
  );
  return [changed, provider, setAnew];
}
