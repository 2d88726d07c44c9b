import { checkTag } from '@forebay/core/api/ref';
import { removeVersion } from '@forebay/core/ui/actions/removeVersion';
import { tagVersion, untagVersion } from '@forebay/core/ui/actions/tagVersion';
import type { MakeActor } from '../actions/editorActor.ts';
import { holdRemoval } from '../actions/holdRemoval.ts';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { refOf } from '../tree/target.ts';
import { inputText } from '../vscode/inputText.ts';

/** Names versions, and removes them. */
export class VersionCommands {
  readonly #actor: MakeActor;
  readonly #picker: VersionPicker;

  constructor(actor: MakeActor, picker: VersionPicker) {
    this.#actor = actor;
    this.#picker = picker;
  }

  readonly tag = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Tag which version?');
    if (!target) return;
    const { dataset, version } = target;
    const tag = await inputText({
      title: `Tag ${refOf(target)}`,
      prompt: `A name by which everybody finds it: ${dataset}@TAG`,
      placeHolder: 'baseline',
      check: checkTag,
    });
    if (tag) await tagVersion(await this.#actor(), { dataset, tag, version });
  };

  readonly untag = async (node?: TreeNode): Promise<void> => {
    const chosen = await this.#picker.tag(node, 'Remove which tag?');
    if (chosen) await untagVersion(await this.#actor(), chosen);
  };

  readonly remove = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Remove which version?');
    if (target) await removeVersion(await this.#actor(), target, holdRemoval);
  };
}
