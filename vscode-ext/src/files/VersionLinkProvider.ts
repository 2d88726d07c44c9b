import {
  type DocumentLink,
  type DocumentLinkProvider,
  Range,
  type TerminalLink,
  type TerminalLinkContext,
  type TerminalLinkProvider,
  type TextDocument,
  Uri,
  DocumentLink as VersionLink,
} from 'vscode';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { ContentPath } from './contentPath.ts';
import { addressesIn, linksInLine } from './links.ts';

interface VersionTerminalLink extends TerminalLink {
  content: ContentPath;
}

/** Not for people: what a link in a text calls. */
export const openLink = 'forebay.version.openLink';
const tooltip = 'Open in Forebay';

/** Makes what names a version in a text a link. Nothing is asked of the daemon before somebody clicks. */
export class VersionLinkProvider implements DocumentLinkProvider, TerminalLinkProvider<VersionTerminalLink> {
  readonly #datasets: DatasetsModel;
  readonly #open: (content: ContentPath) => Promise<void>;

  constructor(datasets: DatasetsModel, open: (content: ContentPath) => Promise<void>) {
    this.#datasets = datasets;
    this.#open = open;
  }

  provideDocumentLinks(document: TextDocument): DocumentLink[] {
    return addressesIn(document.getText()).map(({ start, length, content }) => {
      const range = new Range(document.positionAt(start), document.positionAt(start + length));
      const link = new VersionLink(range, commandOf(content));
      link.tooltip = tooltip;
      return link;
    });
  }

  provideTerminalLinks({ line }: TerminalLinkContext): VersionTerminalLink[] {
    return linksInLine(line)
      .filter(({ content }) => this.#mayBe(content.dataset))
      .map(({ start, length, content }) => ({ startIndex: start, length, tooltip, content }));
  }

  async handleTerminalLink({ content }: VersionTerminalLink): Promise<void> {
    await this.#open(content);
  }

  /** False where the whole list of datasets is known, and this is none of them. */
  #mayBe(name: string): boolean {
    const { loaded, more, items } = this.#datasets.datasets;
    return !loaded || more || items.length === 0 || items.some((one) => one.name === name);
  }
}

const commandOf = (content: ContentPath) =>
  Uri.parse(`command:${openLink}?${encodeURIComponent(JSON.stringify([content]))}`, true);
