import type { Job } from '../../src/api/schemas.ts';
import type { Actor } from '../host.ts';

/** Waits until a job is done, as the editor shows it; throws what it failed of. */
export function followJob({ client, follow }: Pick<Actor, 'client' | 'follow'>, id: string): Promise<Job> {
  return follow ? follow(id) : client.jobs.follow(id);
}
