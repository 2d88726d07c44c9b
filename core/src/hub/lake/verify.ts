import { formatRef, type Job, type Ref } from '../../api/index.ts';
import { randomName } from '../../dataset/names.ts';
import type { HubContext } from '../context.ts';
import { learnDamage } from '../house/damage.ts';

/** Reads every byte of a version in the lake. Throws `dataset-unknown` or `version-unknown`. */
export async function verifyVersion(hub: HubContext, ref: Ref): Promise<Job> {
  const { opened, dataset, version } = await hub.catalog.find(ref);
  const job = {
    id: randomName(),
    kind: 'verify' as const,
    title: `Verifying ${formatRef(dataset.name, version.version)}`,
    dataset: dataset.name,
    version: version.version,
    cache: null,
    folder: null,
    placementId: null,
  };
  const { location: lake, id: lakeId } = opened;
  return hub.jobs.create(job, {
    run: (control) =>
      hub.runTask(
        { kind: 'verify', lake, lakeId, dataset: { id: dataset.id, name: dataset.name }, version },
        control,
      ),
    settle: (outcome) => learnDamage(hub, dataset.id, outcome),
  });
}
