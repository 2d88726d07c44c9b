import type { Dataset, DatasetChange } from '../../src/api/schemas.ts';
import type { Actor } from '../host.ts';

/** Says what a dataset is, or what it belongs to; undone by what stood there before. */
export async function describeDataset(
  actor: Actor,
  { name, description, labels }: Dataset,
  change: DatasetChange,
): Promise<void> {
  const { client, notify } = actor;
  try {
    const changed = await client.datasets.change(name, change);
    const before: DatasetChange = {
      ...(change.description === undefined ? {} : { description }),
      ...(change.labels === undefined ? {} : { labels }),
    };
    notify({
      kind: 'done',
      text: changedSentence(changed, change),
      actions: [{ label: 'Undo', act: () => void describeDataset(actor, changed, before) }],
    });
  } catch (error) {
    notify({ kind: 'failed', error });
  }
}

function changedSentence({ name, labels }: Dataset, change: DatasetChange): string {
  if (change.labels === undefined) return `${name} has another description.`;
  const labelled = labels.length === 0 ? 'has no labels now' : `is labelled ${labels.join(', ')}`;
  return change.description === undefined
    ? `${name} ${labelled}.`
    : `${name} has another description and ${labelled}.`;
}

/** 'radiology, Boston' as labels, each once. */
export function labelsOf(text: string): string[] {
  const labels = text.split(',').map((label) => label.trim());
  return [...new Set(labels)].filter((label) => label !== '');
}
