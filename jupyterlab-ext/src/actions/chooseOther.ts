import type { Version } from '@forebay/core/api/schemas';
import { formatAgo } from '@forebay/core/api/text/moment';
import { InputDialog, Notification } from '@jupyterlab/apputils';
import type { IForebay, VersionRef } from '../tokens.ts';
import { notifyError } from './notify.ts';

/** Versions that are offered, newest first. */
const offered = 1000;

/** Asks with which version of the same dataset one is compared; the older of the two comes first. */
export async function chooseOther(
  { client }: IForebay,
  { dataset, version }: VersionRef,
  title: string,
): Promise<{ from: number; to: number } | null> {
  try {
    const { items } = await client.versions.page(dataset, { limit: offered });
    const others = items.filter((each) => each.version !== version);
    if (others.length === 0) {
      Notification.info(`${dataset} has one version: there is nothing to compare it with.`, {
        autoClose: 5000,
      });
      return null;
    }
    // Usually what came before; of the first version what comes after.
    const near = others.find((each) => each.version < version) ?? others.at(-1);
    const labels = others.map(labelOf);
    const answer = await InputDialog.getItem({
      title,
      items: labels,
      current: near ? others.indexOf(near) : 0,
      okLabel: 'Compare',
    });
    const other = answer.button.accept ? others[labels.indexOf(answer.value ?? '')]?.version : undefined;
    if (other === undefined) return null;
    return { from: Math.min(version, other), to: Math.max(version, other) };
  } catch (error) {
    notifyError(error);
    return null;
  }
}

function labelOf({ version, tags, time, author, message }: Version): string {
  const short = message.length > 60 ? `${message.slice(0, 59)}…` : message;
  return [`v${version}`, ...tags, formatAgo(time, Date.now()), author, short].filter(Boolean).join(' · ');
}
