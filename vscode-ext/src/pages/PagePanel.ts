import { ForebayError, type Problem } from '@forebay/core/api/errors';
import { perform } from '@forebay/core/ui/actions/perform';
import { readView, tableView } from '@forebay/core/ui/view';
import { commands, type Disposable, env, Uri, type WebviewPanel, window, workspace } from 'vscode';
import { commandOf, type MakeActor } from '../actions/editorActor.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { type ContentPath, contentPath } from '../files/contentPath.ts';
import { openLink } from '../files/VersionLinkProvider.ts';
import { askPerson, notifyPerson, showError } from '../vscode/messages.ts';
import type { Button, FromPage, PageRequest, ToPage } from './contract.ts';
import { pageHtml } from './pageHtml.ts';

/** One page in an editor's tab: hands its requests to the daemon, and it the daemon's changes. */
export class PagePanel {
  /** As an address. */
  view: string;
  readonly #panel: WebviewPanel;
  readonly #daemon: DaemonModel;
  readonly #actor: MakeActor;
  readonly #open: (view: string) => void;
  readonly #requests = new Map<number, AbortController>();
  readonly #following: Disposable[];

  constructor(
    panel: WebviewPanel,
    daemon: DaemonModel,
    extension: Uri,
    view: string,
    actor: MakeActor,
    open: (view: string) => void,
  ) {
    this.#panel = panel;
    this.#daemon = daemon;
    this.#actor = actor;
    this.#open = open;
    this.view = view;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [Uri.joinPath(extension, 'dist', 'page')],
    };
    const { page } = readView(view) ?? tableView;
    const icon = (theme: string) => Uri.joinPath(extension, 'dist', 'icons', `${page}-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#following = [
      panel.webview.onDidReceiveMessage((message: FromPage) => void this.#hear(message)),
      daemon.hints.listen((event) => this.#tell({ kind: 'change', event })),
      daemon.connection.listen((connected) => this.#tell({ kind: 'connection', connected })),
    ];
    panel.webview.html = pageHtml(panel.webview, extension);
    panel.onDidDispose(() => {
      for (const each of this.#following) each.dispose();
      for (const request of this.#requests.values()) request.abort();
    });
  }

  show(view: string): void {
    this.view = view;
    this.#tell({ kind: 'show', view });
    this.#panel.reveal();
  }

  onClosed(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  async #hear(message: FromPage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        return this.#tell({ kind: 'show', view: this.view });
      case 'request':
        return this.#answer(message.id, (signal) => this.#request(message.request, signal));
      case 'cancel':
        return this.#requests.get(message.id)?.abort();
      case 'link':
        return this.#answer(message.id, () => linkTo(message.view));
      case 'save':
        return this.#answer(message.id, () => save(message.name, message.bytes));
      case 'open':
        return this.#open(message.view);
      case 'keep':
        this.view = message.view;
        return;
      case 'title':
        this.#panel.title = message.title;
        return;
      case 'copy':
        await env.clipboard.writeText(message.text);
        window.setStatusBarMessage('Forebay: copied', 3000);
        return;
      case 'ask':
        return this.#answer(message.id, () => askPerson(message.title, message.body, message.agree));
      case 'notify':
        return this.#answer(message.id, () => this.#notify(message.text, message.problem, message.buttons));
      case 'act': {
        const { dataset, version } = message;
        await commands.executeCommand(commandOf[message.verb], { kind: 'version', dataset, version });
        return;
      }
      case 'open-file': {
        const { dataset, version, path } = message;
        await commands.executeCommand(openLink, { dataset, selector: `v${version}`, path });
        return;
      }
      case 'open-diff': {
        const { before, after, title } = message;
        await commands.executeCommand('vscode.diff', uriOf(before), uriOf(after), title);
        return;
      }
      case 'terminal': {
        const terminal = window.createTerminal('Forebay');
        terminal.show();
        // Typed, for a person to start: a line end would start it.
        terminal.sendText(message.command.replaceAll(/[\r\n]/g, ' '), false);
        return;
      }
    }
  }

  /** The label of the button that was pressed, or null where there is nothing left for the page to do. */
  async #notify(
    text: string,
    problem: Problem | undefined,
    buttons: readonly Button[],
  ): Promise<string | null> {
    const labels = buttons.map(({ label }) => label);
    const pressed = await notifyPerson(text, problem, labels);
    const deed = buttons.find(({ label }) => label === pressed)?.deed;
    if (deed === undefined) return pressed;
    void this.#actor()
      .then((actor) => perform(actor, deed))
      .catch(showError);
    return null;
  }

  async #answer(id: number, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const request = new AbortController();
    this.#requests.set(id, request);
    try {
      this.#tell({ kind: 'answer', id, data: await work(request.signal) });
    } catch (error) {
      // The page has gone, or doesn't wait any more.
      if (request.signal.aborted) return;
      this.#tell({ kind: 'failure', id, problem: ForebayError.from(error).toProblem() });
    } finally {
      this.#requests.delete(id);
    }
  }

  /** A page that is open doesn't start a daemon that somebody ended. */
  async #request(asked: PageRequest, signal: AbortSignal): Promise<unknown> {
    const { state } = this.#daemon;
    if (state.kind === 'offline') throw state.error;
    const client = await this.#daemon.client();
    const answer = await client.send(plainRequest(asked, signal));
    // A Buffer would travel as JSON.
    return answer instanceof Uint8Array ? new Uint8Array(answer) : answer;
  }

  #tell(message: ToPage): void {
    void this.#panel.webview.postMessage(message);
  }
}

const uriOf = (file: ContentPath) => Uri.from({ scheme: 'forebay', path: contentPath(file) });

/** The parts of a request that a page may choose: not where it goes. */
function plainRequest(
  { method, url, params, data, headers, responseType }: PageRequest,
  signal: AbortSignal,
) {
  if (!url.startsWith('/api/v1/')) throw new ForebayError('route-unknown', `Pages don't ask for ${url}.`);
  return {
    ...{ method, url, data, signal },
    ...(params ? { params } : {}),
    ...(headers ? { headers } : {}),
    ...(responseType ? { responseType } : {}),
  };
}

/** Opens this editor with the view, by the extension's own address (see `handleLink`). */
async function linkTo(view: string): Promise<string> {
  const address = Uri.from({
    scheme: env.uriScheme,
    authority: 'forebay.forebay',
    path: '/view',
    query: view,
  });
  return (await env.asExternalUri(address)).toString();
}

async function save(name: string, bytes: Uint8Array): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    title: 'Save',
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
  });
  if (!target) return;
  try {
    await workspace.fs.writeFile(target, bytes);
  } catch (error) {
    void showError(error);
  }
}
