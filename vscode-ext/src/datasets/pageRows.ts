import { idOf, type NodeOf } from '../tree/node.ts';
import { escapeMarkdown, type Row } from '../tree/row.ts';

/** The next page of a list, by a click. */
export function moreRow(node: NodeOf<'more'>): Row {
  return {
    id: idOf(node),
    label: 'Show more',
    spoken: 'Show more',
    icon: 'ellipsis',
    context: 'more',
    expandable: false,
    command: 'forebay.dataset.more',
  };
}

/** Why a list can't be read, what to do, and another try by a click. */
export function problemRow(node: NodeOf<'problem'>): Row {
  const { message, hint } = node;
  return {
    id: idOf(node),
    label: 'Retry',
    description: message,
    spoken: `Retry: ${message}`,
    icon: 'warning',
    color: 'list.warningForeground',
    tooltip: escapeMarkdown([message, hint].filter(Boolean).join(' ')),
    context: 'problem',
    expandable: false,
    command: 'forebay.app.refresh',
  };
}
