import { vsCodeId } from '@forebay/core/ui/verbs';
import {
  CodeLens,
  type CodeLensProvider,
  type Command,
  EventEmitter,
  Range,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { KnownVersions } from './KnownVersions.ts';
import { type LensText, lensTexts } from './lensTexts.ts';
import type { Mention } from './python/mentions.ts';
import { mentionsOf } from './pythonDocument.ts';
import { type Standing, standingOf } from './standing.ts';

export const useVersion = 'forebay.notebook.useVersion';

/**
 * A line above every mount: which version, where it is cached, and what can be done. A lens rather than an inlay hint:
 * it can be clicked, moves no code sideways, and people turn it off with `editor.codeLens`.
 */
export class MountLensProvider implements CodeLensProvider {
  readonly #changes = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changes.event;
  readonly #known: KnownVersions;
  readonly #placements: PlacementsModel;

  constructor(known: KnownVersions, placements: PlacementsModel) {
    this.#known = known;
    this.#placements = placements;
    known.changed.listen(() => this.#changes.fire());
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const mounts = mentionsOf(document).filter(({ kind }) => kind === 'mount');
    return mounts.flatMap((mention) => this.#lensesOf(document, mention));
  }

  #lensesOf(document: TextDocument, mention: Mention): CodeLens[] {
    const standing = standingOf(mention, this.#known.of(mention.name, mention.selector));
    const level =
      standing.kind === 'there'
        ? this.#placements.levelOf(standing.name, standing.number)
        : ({ kind: 'lake' } as const);
    const range = rangeOf(document, mention);
    return lensTexts(standing, level, Date.now()).map(
      (text) => new CodeLens(range, commandOf(text, standing, document.uri, range)),
    );
  }
}

export const rangeOf = (document: TextDocument, { start, end }: Mention): Range =>
  new Range(document.positionAt(start), document.positionAt(end));

function commandOf({ title, act }: LensText, standing: Standing, uri: Uri, range: Range): Command {
  if (standing.kind === 'there') {
    const node = { kind: 'version', dataset: standing.name, version: standing.number };
    if (act === 'cache') return { title, command: vsCodeId('version.cache'), arguments: [node] };
    if (act === 'cancel') return { title, command: vsCodeId('app.cancelJob'), arguments: [node] };
    if (act === 'problem') return { title, command: vsCodeId('version.problem'), arguments: [node] };
  }
  if (act === 'newest' && (standing.kind === 'there' || standing.kind === 'no-version')) {
    const ref = `${standing.name}@v${standing.newest}`;
    return {
      title,
      command: useVersion,
      arguments: [uri, range, ref],
      tooltip: `Changes the text to ${ref}`,
    };
  }
  return { title, command: '' };
}

/** Writes another version where a text names one. */
export async function writeVersion(uri: Uri, range: Range, ref: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(uri, range, ref);
  await workspace.applyEdit(edit);
}
