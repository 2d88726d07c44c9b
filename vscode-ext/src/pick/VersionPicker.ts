import { ForebayError } from '@forebay/core/api/errors';
import type { Dataset, Placement, Version } from '@forebay/core/api/schemas';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { Level } from '../levels/level.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { TreeNode } from '../tree/node.ts';
import { refOf, targetOf, type VersionTarget } from '../tree/target.ts';
import { pickOne } from '../vscode/quickPick.ts';
import { datasetChoices, placementChoices, type TagChoice, tagChoices, versionChoices } from './choices.ts';

/** What a command is about: the row it was called on, else what a person picks. Each is undefined when the person leaves. */
export class VersionPicker {
  readonly #daemon: DaemonModel;
  readonly #datasets: DatasetsModel;
  readonly #placements: PlacementsModel;

  constructor(daemon: DaemonModel, datasets: DatasetsModel, placements: PlacementsModel) {
    this.#daemon = daemon;
    this.#datasets = datasets;
    this.#placements = placements;
  }

  async target(node: TreeNode | undefined, question: string): Promise<VersionTarget | undefined> {
    const latest = (name: string) => this.#datasets.dataset(name)?.latest?.version;
    return targetOf(node, latest) ?? this.#pick(question);
  }

  async dataset(node: TreeNode | undefined, question: string): Promise<Dataset | undefined> {
    const client = await this.#daemon.client();
    const name = node && 'dataset' in node ? node.dataset : undefined;
    return name === undefined ? this.#pickDataset(question, true) : client.datasets.get(name);
  }

  /** Only among versions that lie whole on a cache. */
  async wholePlacement(question: string): Promise<Placement | undefined> {
    const isWhole = ({ state, selection }: Placement) => state === 'ready' && !selection;
    return (await this.placements(undefined, question, isWhole))[0];
  }

  /** What lies on caches of the row's version, or the one that is picked, as far as `fits` says. Empty when the person leaves. */
  async placements(
    node: TreeNode | undefined,
    question: string,
    fits: (placement: Placement) => boolean,
    none = 'No version is cached.',
  ): Promise<Placement[]> {
    const client = await this.#daemon.client();
    const fitting = (await client.placements.list()).filter(fits);
    if (node?.kind === 'placement') return fitting.filter(({ id }) => id === node.placement);
    const target = node && (await this.target(node, question));
    if (target) {
      const here = fitting.filter(
        ({ dataset, version }) => dataset === target.dataset && version === target.version,
      );
      if (here.length > 0) return here;
      throw new ForebayError('not-cached', `${refOf(target)} is in no cache.`, 'Cache it first.');
    }
    if (fitting.length === 0) throw new ForebayError('not-cached', none, 'Cache a version first.');
    const picked = await pickOne(question, placementChoices(fitting));
    return picked ? [picked] : [];
  }

  /** Another version of the same dataset, the one before it first. */
  async other({ dataset, version }: VersionTarget, question: string): Promise<number | undefined> {
    const client = await this.#daemon.client();
    const versions = await client.versions.list(dataset);
    const others = versions.filter((one) => one.version !== version);
    if (others.length === 0) {
      throw new ForebayError(
        'version-unknown',
        `${dataset} has one version: there is nothing to compare it with.`,
      );
    }
    const before = others.find((one) => one.version < version);
    const sorted = before ? [before, ...others.filter((one) => one !== before)] : others;
    return (await pickOne(question, this.#versionChoices(sorted, versions[0]?.version)))?.version;
  }

  /** A tag of the row's version or dataset, or of a dataset that is picked. */
  async tag(node: TreeNode | undefined, question: string): Promise<TagChoice | undefined> {
    const dataset = await this.dataset(node, question);
    if (!dataset) return undefined;
    const client = await this.#daemon.client();
    const versions = await client.versions.list(dataset.name);
    const number = node?.kind === 'version' ? node.version : undefined;
    const choices = tagChoices(versions.filter(({ version }) => number === undefined || version === number));
    const narrowed = question.replace('tag?', `tag of ${dataset.name}?`);
    if (choices.length > 0) return pickOne(narrowed, choices);
    const what = number === undefined ? dataset.name : refOf({ dataset: dataset.name, version: number });
    throw new ForebayError('version-unknown', `${what} has no tag.`);
  }

  async #pick(question: string): Promise<VersionTarget | undefined> {
    const dataset = await this.#pickDataset(question, false);
    if (dataset === undefined) return undefined;
    const { name, latest } = dataset;
    const client = await this.#daemon.client();
    const narrowed = question.replace('version?', `version of ${name}?`);
    const choices = client.versions
      .list(name)
      .then((versions) => this.#versionChoices(versions, latest?.version));
    const picked = await pickOne(narrowed, choices);
    return picked && { dataset: name, version: picked.version, path: '' };
  }

  async #pickDataset(question: string, all: boolean): Promise<Dataset | undefined> {
    const client = await this.#daemon.client();
    const choices = client.datasets.list().then((datasets) => datasetChoices(datasets, this.#levelOf, all));
    return pickOne(question, choices.then(refuseNone));
  }

  #versionChoices(versions: readonly Version[], newest: number | undefined) {
    return versionChoices(versions, newest, this.#levelOf, Date.now());
  }

  readonly #levelOf = (dataset: string, version: number): Level => this.#placements.levelOf(dataset, version);
}

function refuseNone<T>(choices: T[]): T[] {
  if (choices.length > 0) return choices;
  throw new ForebayError(
    'dataset-unknown',
    'There is no version of any dataset yet.',
    'Sync a folder as a new version first.',
  );
}
