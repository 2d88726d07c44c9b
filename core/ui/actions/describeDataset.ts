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
      text: change.labels === undefined ? `${name} has another description.` : sayLabels(changed),
      actions: [{ label: 'Undo', act: () => void describeDataset(actor, changed, before) }],
    });
  } catch (error) {
    notify({ kind: 'failed', error });
  }
}

function sayLabels({ name, labels }: Dataset): string {
  return labels.length === 0 ? `${name} has no labels now.` : `${name} is labelled ${labels.join(', ')}.`;
}

/** 'radiology, Boston' as labels, each once. */
export function labelsOf(text: string): string[] {
  const labels = text.split(',').map((label) => label.trim());
  return [...new Set(labels)].filter((label) => label !== '');
}
