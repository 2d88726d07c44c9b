import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { TreeNode } from './node.ts';
import type { Row } from './row.ts';

export function toTreeItem(row: Row, node: TreeNode): TreeItem {
  const item = new TreeItem(
    row.label,
    row.expandable ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  item.id = row.id;
  item.contextValue = row.context;
  item.iconPath = new ThemeIcon(row.icon, row.color ? new ThemeColor(row.color) : undefined);
  if (row.description) item.description = row.description;
  if (row.tooltip) item.tooltip = new MarkdownString(row.tooltip);
  if (row.spoken) item.accessibilityInformation = { label: row.spoken, role: 'treeitem' };
  if (row.resource) item.resourceUri = Uri.from({ scheme: 'forebay', path: row.resource });
  if (row.command) item.command = { command: row.command, title: '', arguments: [node] };
  return item;
}
