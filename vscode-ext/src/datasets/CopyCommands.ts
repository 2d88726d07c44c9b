import path from 'node:path';
import { copyText } from '../actions/editorActor.ts';
import type { CacheCommands } from '../levels/CacheCommands.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { nameOf, notCached, type VersionTarget } from '../tree/target.ts';
import { showError } from '../vscode/messages.ts';

export class CopyCommands {
  readonly #placements: PlacementsModel;
  readonly #picker: VersionPicker;
  readonly #cache: CacheCommands;

  constructor(placements: PlacementsModel, picker: VersionPicker, cache: CacheCommands) {
    this.#placements = placements;
    this.#picker = picker;
    this.#cache = cache;
  }

  /** Where a cached version, folder or file lies on disk. */
  readonly copyPath = async (node?: TreeNode): Promise<void> => {
    const question = 'Copy the path of which version?';
    if (!node) {
      const path = (await this.#picker.wholePlacement(question))?.path;
      return path ? copyText(path) : undefined;
    }
    const target = await this.#picker.target(node, question);
    if (!target) return;
    const folder = this.#folderOf(node, target);
    if (folder !== undefined) return copyText(path.join(folder, ...target.path.split('/')));
    await showError(notCached(target), {
      'Cache version': () => this.#cache.fill(target).catch(showError),
    });
  };

  /** A row of a part has the part's own folder; files are looked for only where the whole is. */
  #folderOf(node: TreeNode, { dataset, version, path: within }: VersionTarget) {
    if (node.kind === 'placement') return this.#placements.find(node.placement)?.path ?? undefined;
    if (within !== '') return this.#placements.readyPath(dataset, version);
    return this.#placements.placementOf(dataset, version)?.path ?? undefined;
  }

  /** What every front end takes: `digits@v2`, `digits@v2:0/0001.png`. */
  readonly copyName = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Copy the name of which version?');
    if (target) await copyText(nameOf(target));
  };
}
