import { ForebayError, type Problem } from '@forebay/core/api/errors';
import type { Placement } from '@forebay/core/api/schemas';
import { clearPlacements } from '@forebay/core/ui/actions/clearPlacements';
import { fillRequest, fillVersion } from '@forebay/core/ui/actions/fillVersion';
import { pinPlacement } from '@forebay/core/ui/actions/pinPlacement';
import { verifyPlacement } from '@forebay/core/ui/actions/verifyPlacement';
import type { MakeActor } from '../actions/editorActor.ts';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { refOf } from '../tree/target.ts';
import { showError } from '../vscode/messages.ts';
import type { PlacementsModel } from './PlacementsModel.ts';

/** Puts versions into caches and takes them out again, keeps them there, and reads them again. */
export class CacheCommands {
  readonly #actor: MakeActor;
  readonly #placements: PlacementsModel;
  readonly #picker: VersionPicker;

  constructor(actor: MakeActor, placements: PlacementsModel, picker: VersionPicker) {
    this.#actor = actor;
    this.#placements = placements;
    this.#picker = picker;
  }

  readonly cache = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Cache which version?');
    if (target) await this.fill(target);
  };

  /** Follows the fill in a notification until the version is ready; Cancel there stops it. */
  readonly fill = async ({ dataset, version }: { dataset: string; version: number }): Promise<void> => {
    const actor = await this.#actor();
    const here = (await actor.client.placements.list({ dataset })).filter((one) => one.version === version);
    await fillVersion(actor, fillRequest(refOf({ dataset, version }), here));
  };

  readonly clear = async (node?: TreeNode): Promise<void> => {
    const clearable = ({ state }: Placement) => state === 'ready' || state === 'failed';
    const chosen = await this.#picker.placements(node, 'Clear which version from the cache?', clearable);
    if (chosen.length > 0) await clearPlacements(await this.#actor(), chosen);
  };

  /** What Space does in the tree. */
  readonly toggle = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Cache or clear which version?');
    const level = target && this.#placements.levelOf(target.dataset, target.version);
    if (!level) return;
    const version: TreeNode = { kind: 'version', ...target };
    if (level.kind === 'lake' || level.kind === 'failed' || level.kind === 'part') await this.cache(version);
    if (level.kind === 'ready') await this.clear(version);
  };

  readonly pin = async (node?: TreeNode): Promise<void> => {
    const loose = ({ state, pinned }: Placement) => state === 'ready' && !pinned;
    const none = 'Nothing is cached that is not pinned.';
    const chosen = await this.#picker.placements(node, 'Pin which version?', loose, none);
    await this.#each(chosen, (actor, placement) => pinPlacement(actor, placement, true));
  };

  readonly unpin = async (node?: TreeNode): Promise<void> => {
    const none = 'Nothing is pinned.';
    const chosen = await this.#picker.placements(node, 'Unpin which version?', ({ pinned }) => pinned, none);
    await this.#each(chosen, (actor, placement) => pinPlacement(actor, placement, false));
  };

  readonly verify = async (node?: TreeNode): Promise<void> => {
    const ready = ({ state }: Placement) => state === 'ready';
    const chosen = await this.#picker.placements(node, 'Verify the cached files of which version?', ready);
    await this.#each(chosen, verifyPlacement);
  };

  readonly problem = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Which version?');
    if (!target) return;
    const placement =
      node?.kind === 'placement'
        ? this.#placements.find(node.placement)
        : this.#placements.placementOf(target.dataset, target.version);
    const problem = placement?.problem;
    if (!problem) return;
    void showError(ForebayError.fromProblem(problem as Problem), {
      'Try again': () => this.fill(target).catch(showError),
    });
  };

  /** One after the other. */
  async #each(
    chosen: readonly Placement[],
    act: (actor: Awaited<ReturnType<MakeActor>>, placement: Placement) => Promise<void>,
  ): Promise<void> {
    if (chosen.length === 0) return;
    const actor = await this.#actor();
    for (const placement of chosen) await act(actor, placement);
  }
}
