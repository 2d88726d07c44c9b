import type { LineageNode } from '../../src/api/schemas.ts';
import { formatMoment } from '../../src/api/text/moment.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import type { IconName } from '../parts/Icon.tsx';

/** What a node of the graph says: its picture, its name, and what is known of it. */
export function nodeText(node: LineageNode): { icon: IconName; name: string; facts: string } {
  switch (node.kind) {
    case 'version':
      return {
        icon: 'dataset',
        name: node.version === null ? node.name : `${node.name}@v${node.version}`,
        facts: joined(
          { there: '', removed: 'removed', unknown: '', foreign: 'not kept by Forebay' }[node.state],
          node.files === null ? '' : formatCount(node.files, 'file'),
          node.bytes === null ? '' : formatBytes(node.bytes),
        ),
      };
    case 'run':
      return {
        icon: node.state,
        name: node.name,
        facts: joined(node.deleted ? 'deleted' : node.state, formatMoment(node.started)),
      };
    case 'artifact':
      return {
        icon: node.folder ? 'folder' : 'file',
        name: node.path,
        facts: node.bytes === null ? '' : formatBytes(node.bytes),
      };
    case 'model':
      return { icon: 'model', name: node.name, facts: joined('model', node.type) };
    case 'notebook':
      return { icon: 'notebook', name: node.name, facts: joined('notebook', formatMoment(node.last)) };
  }
}

const joined = (...words: string[]) => words.filter(Boolean).join(', ');
