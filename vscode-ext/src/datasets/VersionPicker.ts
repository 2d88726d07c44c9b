import { ForebayError } from '@forebay/core/api/errors';
import { formatAge } from '@forebay/core/api/moment';
import type { Version } from '@forebay/core/api/schemas';
import { formatBytes } from '@forebay/core/api/units';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { levelIcon, levelWords } from '../levels/level.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { TreeNode } from '../tree/node.ts';
import { say } from '../tree/row.ts';
import { targetOf, type VersionTarget } from '../tree/target.ts';
import { type Choice, pickOne } from '../vscode/quickPick.ts';
import type { DatasetsModel } from './DatasetsModel.ts';

/** The version that a command is about: the row it was called on, else what a person picks. */
export class VersionPicker {
  readonly #daemon: DaemonModel;
  readonly #datasets: DatasetsModel;
  readonly #placements: PlacementsModel;

  constructor(daemon: DaemonModel, datasets: DatasetsModel, placements: PlacementsModel) {
    this.#daemon = daemon;
    this.#datasets = datasets;
    this.#placements = placements;
  }

  /** Undefined when the person leaves. */
  async target(node: TreeNode | undefined, question: string): Promise<VersionTarget | undefined> {
    const latest = (name: string) => this.#datasets.dataset(name)?.latest?.version;
    return targetOf(node, latest) ?? this.#pick(question);
  }

  /** Only among versions that lie whole on a cache. */
  async cachedTarget(node: TreeNode | undefined, question: string): Promise<VersionTarget | undefined> {
    if (node) return this.target(node, question);
    const ready = this.#placements.all.filter(({ state, selection }) => state === 'ready' && !selection);
    if (ready.length === 0) throw new ForebayError('not-cached', 'No version is cached.');
    const choices = ready.map(({ dataset, version, cache, bytes }) => ({
      label: `$(forebay-level-full) ${dataset}@v${version}`,
      description: say(formatBytes(bytes), `on ${cache}`),
      value: { dataset, version, path: '' },
    }));
    return pickOne(question, choices);
  }

  async #pick(question: string): Promise<VersionTarget | undefined> {
    const client = await this.#daemon.client();
    const dataset = await pickOne(question, this.#datasetChoices(client.datasets.list()));
    if (dataset === undefined) return undefined;
    const narrowed = question.replace('version?', `version of ${dataset}?`);
    const version = await pickOne(narrowed, this.#versionChoices(client.versions.list(dataset)));
    return version === undefined ? undefined : { dataset, version, path: '' };
  }

  async #datasetChoices(
    reading: Promise<{ name: string; description: string; latest: Version | null }[]>,
  ): Promise<Choice<string>[]> {
    const choices: Choice<string>[] = [];
    for (const { name, description, latest } of await reading) {
      if (latest === null) continue;
      const level = this.#placements.levelOf(name, latest.version);
      choices.push({
        label: `$(${levelIcon(level)}) ${name}`,
        description: say(`v${latest.version}`, formatBytes(latest.bytes), levelWords(level)),
        ...(description === '' ? {} : { detail: description }),
        value: name,
      });
    }
    if (choices.length > 0) return choices;
    throw new ForebayError(
      'dataset-unknown',
      'There is no version of any dataset yet.',
      'Sync a folder as a new version first.',
    );
  }

  async #versionChoices(reading: Promise<Version[]>): Promise<Choice<number>[]> {
    return (await reading).map((one, index) => {
      const level = this.#placements.levelOf(one.dataset, one.version);
      const tags = [index === 0 && 'latest', ...one.tags].filter(Boolean).join(', ');
      const about = say(levelWords(level), tags, formatAge(one.time, Date.now()), one.author);
      return {
        label: `$(${levelIcon(level)}) v${one.version}`,
        description: about,
        ...(one.message === '' ? {} : { detail: one.message }),
        value: one.version,
      };
    });
  }
}
