import type { Lineage, LineageNode } from '../../api/schemas.ts';
import type { Paint } from '../session.ts';
import { describeNode, titleOf } from './describe.ts';
import { lineageTree } from './tree.ts';

/** Where nothing is known around a subject. */
const nothing: Record<LineageNode['kind'], string> = {
  version: 'No run has read or made it.',
  run: 'It read no version and left nothing.',
  model: 'No run is known that logged or used it.',
  artifact: '',
  notebook: 'It used no version.',
};

/** For a person: origins above, the subject with a mark, and what came of it below. */
export function lineageText(lineage: Lineage, paint: Paint): string {
  const subject = lineage.nodes.find(({ id }) => id === lineage.of);
  if (!subject) return '';
  const describe = (node: Lineage['nodes'][number]) => describeNode(node, paint);
  const { above, below } = lineageTree(lineage, { describe, title: titleOf });
  const alone = above.length + below.length === 0 ? [nothing[subject.kind]] : [];
  return [...above, `${paint('bold', '●')} ${describe(subject)}`, ...below, ...alone].join('\n');
}
