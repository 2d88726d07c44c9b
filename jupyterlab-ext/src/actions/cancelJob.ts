import type { IForebay } from '../tokens.ts';
import { notifyError } from './notify.ts';

export async function cancelJob(forebay: IForebay, id: string): Promise<void> {
  try {
    await forebay.client.jobs.cancel(id);
  } catch (error) {
    notifyError(error);
  } finally {
    void forebay.store.refreshCaches();
  }
}
