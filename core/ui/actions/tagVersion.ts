import { formatRef } from '../../src/api/ref.ts';
import type { Actor } from '../host.ts';

export interface Tag {
  dataset: string;
  tag: string;
  version: number;
}

/** Gives a version a name, or takes that name away again; either can be undone. A tag is on one version only. */
export async function tagVersion(actor: Actor, tag: Tag): Promise<void> {
  await change(actor, tag, true);
}

export async function untagVersion(actor: Actor, tag: Tag): Promise<void> {
  await change(actor, tag, false);
}

async function change(actor: Actor, { dataset, tag, version }: Tag, tagged: boolean): Promise<void> {
  const { client, notify } = actor;
  const ref = formatRef(dataset, version);
  try {
    await (tagged ? client.versions.tag(dataset, tag, version) : client.versions.untag(dataset, tag));
    notify({
      kind: 'done',
      text: tagged
        ? `${dataset}@${tag} is ${ref} from now on.`
        : `${ref} is no longer tagged ${tag}; the version stays.`,
      actions: [{ label: 'Undo', act: () => void change(actor, { dataset, tag, version }, !tagged) }],
    });
  } catch (error) {
    notify({ kind: 'failed', error });
  }
}
