import type { Selector } from '../../api/index.ts';
import type { Events } from '../events.ts';
import { Fresh } from '../fresh.ts';
import type { Catalog } from './catalog.ts';

/** Milliseconds. */
const age = 5000;

type Find = Catalog['version'];

/**
 * Finds versions for those who read many files of one: a version by its number never changes, so for five seconds the
 * lake isn't asked again whether it is still there, unless this hub hears of a change.
 */
export function settledVersions({ catalog, events }: { catalog: Catalog; events: Events }): Find {
  const remember = () =>
    new Fresh<Awaited<ReturnType<Find>>>(
      (key) => {
        const [name, number] = JSON.parse(key) as [string, number];
        return catalog.version(name, { kind: 'number', number });
      },
      { fresh: age, usable: age },
    );
  let known = remember();
  events.subscribe(({ kind }) => {
    if (kind === 'dataset' || kind === 'lake') known = remember();
  });
  return (name: string, selector: Selector) =>
    selector.kind === 'number'
      ? known.get(JSON.stringify([name, selector.number]))
      : catalog.version(name, selector);
}
