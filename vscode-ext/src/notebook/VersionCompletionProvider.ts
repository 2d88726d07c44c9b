import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  CompletionList,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
} from 'vscode';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import { escapeMarkdown } from '../tree/row.ts';
import { type Candidate, datasetCandidates, selectorCandidates } from './candidates.ts';
import type { KnownVersions } from './KnownVersions.ts';
import { readPython } from './python/pythonText.ts';
import { type Typed, typedIn } from './python/typed.ts';
import { namesOf } from './pythonDocument.ts';

/** Names of datasets and versions inside `forebay.mount("…")` and the like, with size, age and cached state. */
export class VersionCompletionProvider implements CompletionItemProvider {
  static readonly triggers = ['"', "'", '@', '/', ' '];
  readonly #known: KnownVersions;
  readonly #placements: PlacementsModel;

  constructor(known: KnownVersions, placements: PlacementsModel) {
    this.#known = known;
    this.#placements = placements;
  }

  async provideCompletionItems(document: TextDocument, position: Position): Promise<CompletionList> {
    const typed = typedAt(document, position);
    const candidates = typed ? await this.#candidates(typed).catch(() => []) : [];
    const start = position.translate(0, -(typed?.text.length ?? 0));
    const rest = /^[\w.-]*/.exec(document.lineAt(position.line).text.slice(position.character))?.[0] ?? '';
    const range = {
      inserting: new Range(start, position),
      replacing: new Range(start, position.translate(0, rest.length)),
    };
    return new CompletionList(candidates.map((candidate, at) => itemOf(candidate, at, range)));
  }

  async #candidates(typed: Typed): Promise<Candidate[]> {
    const levelOf = this.#placements.levelOf.bind(this.#placements);
    const known = await this.#known.read(typed.kind === 'selector' ? typed.dataset : undefined);
    return typed.kind === 'dataset'
      ? datasetCandidates(known.datasets ?? [], levelOf, Date.now())
      : selectorCandidates(known.versions ?? [], levelOf, Date.now());
  }
}

function typedAt(document: TextDocument, position: Position): Typed | undefined {
  const names = namesOf(document);
  if (!names) return undefined;
  const before = document.getText(new Range(document.positionAt(0), position));
  return typedIn(before, readPython(before), names);
}

function itemOf(
  { text, detail, about }: Candidate,
  at: number,
  range: { inserting: Range; replacing: Range },
): CompletionItem {
  const item = new CompletionItem({ label: text, description: detail }, CompletionItemKind.Value);
  item.range = range;
  // In the order given: the newest version first.
  item.sortText = String(at).padStart(6, '0');
  if (about !== '') item.documentation = new MarkdownString(escapeMarkdown(about));
  return item;
}
