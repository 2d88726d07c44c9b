import { Hover, type HoverProvider, MarkdownString, type Position, type TextDocument } from 'vscode';
import { versionTooltip } from '../datasets/versionRow.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { KnownVersions } from './KnownVersions.ts';
import { rangeOf } from './MountLensProvider.ts';
import { mentionsOf } from './pythonDocument.ts';
import { standingOf } from './standing.ts';

/** What the version is that stands under the mouse. */
export class VersionHoverProvider implements HoverProvider {
  readonly #known: KnownVersions;
  readonly #placements: PlacementsModel;

  constructor(known: KnownVersions, placements: PlacementsModel) {
    this.#known = known;
    this.#placements = placements;
  }

  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const offset = document.offsetAt(position);
    const mention = mentionsOf(document).find(({ start, end }) => start <= offset && offset <= end);
    if (!mention) return undefined;
    const known = await this.#known.read(mention.name, mention.selector).catch(() => undefined);
    const standing = known && standingOf(mention, known);
    if (standing?.kind !== 'there' || standing.version === null) return undefined;
    const { version, newest } = standing;
    const level = this.#placements.levelOf(version.dataset, version.version);
    const tags = [version.version === newest && 'latest', ...version.tags].filter(Boolean).join(', ');
    const text = new MarkdownString(versionTooltip(version, level, tags, Date.now()));
    return new Hover(text, rangeOf(document, mention));
  }
}
