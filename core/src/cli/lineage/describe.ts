import type { LineageNode } from '../../api/schemas.ts';
import { formatAgo } from '../../api/text/moment.ts';
import { formatBytes, formatCount, formatDuration } from '../../api/text/units.ts';
import type { Paint } from '../session.ts';
import { printable } from '../text/format.ts';

/** A node on one line: what it is called, then what is known of it. `now`: milliseconds. */
export function describeNode(node: LineageNode, paint: Paint, now = Date.now()): string {
  const title = titleOf(node);
  const facts = factsOf(node, now).filter((fact) => fact !== '');
  return [title, facts.length === 0 ? '' : paint('dim', facts.join(', '))].filter(Boolean).join('  ');
}

export function titleOf(node: LineageNode): string {
  switch (node.kind) {
    case 'version':
      return printable(node.version === null ? node.name : `${node.name}@v${node.version}`);
    case 'run':
      return `run ${printable(node.name)}`;
    case 'artifact':
      return printable(node.folder ? `${node.path}/` : node.path);
    case 'model':
      return `model ${printable(node.name)}`;
    case 'notebook':
      return `notebook ${printable(node.name)}`;
  }
}

function factsOf(node: LineageNode, now: number): string[] {
  switch (node.kind) {
    case 'version': {
      const { state, files, bytes } = node;
      const size = files === null || bytes === null ? [] : [formatCount(files, 'file'), formatBytes(bytes)];
      const note = {
        there: '',
        removed: 'removed',
        unknown: 'the lake was not asked',
        foreign: 'not kept by Forebay',
      };
      return [...size, note[state]];
    }
    case 'run': {
      const { state, started, ended, experiment, deleted } = node;
      const took =
        ended === null ? '' : `took ${formatDuration((Date.parse(ended) - Date.parse(started)) / 1000)}`;
      const when = formatAgo(started, now);
      return [
        state,
        when,
        took,
        experiment === 'Default' ? '' : printable(experiment),
        deleted ? 'deleted' : '',
      ];
    }
    case 'artifact':
      return [node.bytes === null ? '' : formatBytes(node.bytes)];
    case 'model':
      return [printable(node.type)];
    case 'notebook':
      return [`used ${formatAgo(node.last, now)}`, printable(node.path)];
  }
}
