import { isForebayError } from '@forebay/core/api/errors';
import { parseSelector } from '@forebay/core/api/ref';
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
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { addressesIn, type Link, linksInLine } from './links.ts';
import type { NamedContent } from './namedContent.ts';

interface VersionTerminalLink extends TerminalLink {
  content: NamedContent;
}

/** Not for people: what a link in a text calls. */
export const openLink = 'forebay.version.openLink';
const tooltip = 'Open in Forebay';

/** Makes what names a version in a text a link. No daemon is started for it before somebody clicks. */
export class VersionLinkProvider implements DocumentLinkProvider, TerminalLinkProvider<VersionTerminalLink> {
  readonly #daemon: DaemonModel;
  readonly #open: (content: NamedContent) => Promise<void>;

  constructor(daemon: DaemonModel, open: (content: NamedContent) => Promise<void>) {
    this.#daemon = daemon;
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

  async provideTerminalLinks({ line }: TerminalLinkContext): Promise<VersionTerminalLink[]> {
    const links = linksInLine(line);
    const names = new Set(links.map(({ content }) => content.dataset));
    const known = new Map(
      await Promise.all([...names].map(async (name) => [name, await this.#exists(name)] as const)),
    );
    return links
      .filter((link) => known.get(link.content.dataset) ?? saysItself(line, link))
      .map(({ start, length, content }) => ({ startIndex: start, length, tooltip, content }));
  }

  async handleTerminalLink({ content }: VersionTerminalLink): Promise<void> {
    await this.#open(content);
  }

  /** Undefined where no daemon runs that could say it. */
  async #exists(name: string): Promise<boolean | undefined> {
    const { state } = this.#daemon;
    if (state.kind !== 'online') return undefined;
    return state.client.datasets.get(name).then(
      () => true,
      (error) => (isForebayError(error, 'dataset-unknown') ? false : undefined),
    );
  }
}

/** `ana@gpu-hall` may be anything; an address and `NAME@v3` are hardly something else. */
const saysItself = (line: string, { start, content }: Link) =>
  line.startsWith('forebay://', start) || parseSelector(content.selector).kind === 'number';

const commandOf = (content: NamedContent) =>
  Uri.parse(`command:${openLink}?${encodeURIComponent(JSON.stringify([content]))}`, true);
