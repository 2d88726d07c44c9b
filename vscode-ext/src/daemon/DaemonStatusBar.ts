import { formatClock } from '@forebay/core/api/text/moment';
import { type Disposable, MarkdownString, StatusBarAlignment, window } from 'vscode';
import type { JobsModel } from '../jobs/JobsModel.ts';
import { jobWords } from '../jobs/jobWords.ts';
import { escapeMarkdown } from '../tree/row.ts';
import { onSettingsChanged, settings } from '../vscode/settings.ts';
import type { DaemonModel } from './DaemonModel.ts';
import { isShown, statusText } from './statusText.ts';

/** One item: is the daemon there, and what is it doing. */
export class DaemonStatusBar {
  readonly #item = window.createStatusBarItem('forebay.status', StatusBarAlignment.Left);
  readonly #daemon: DaemonModel;
  readonly #jobs: JobsModel;
  readonly #following: Disposable;

  constructor(daemon: DaemonModel, jobs: JobsModel) {
    this.#daemon = daemon;
    this.#jobs = jobs;
    this.#item.name = 'Forebay';
    this.#item.command = 'forebay.app.status';
    daemon.changed.listen(() => this.#show());
    jobs.changed.listen(() => this.#show());
    this.#following = onSettingsChanged(() => this.#show());
    this.#show();
  }

  #show(): void {
    const { state } = this.#daemon;
    const jobs = [...this.#jobs.running.values()];
    if (isShown(settings.statusBar, state.kind, jobs.length)) this.#item.show();
    else this.#item.hide();
    this.#item.text = statusText(state.kind, jobs);
    this.#item.tooltip = new MarkdownString(this.#tooltip());
  }

  #tooltip(): string {
    const { state } = this.#daemon;
    if (state.kind === 'idle' || state.kind === 'starting') return "Starting Forebay's daemon…";
    if (state.kind === 'offline') {
      const since = `Offline since ${formatClock(state.since)}.`;
      return escapeMarkdown([since, state.error.message, state.error.hint].filter(Boolean).join(' '));
    }
    const lines = [...this.#jobs.running.values()].map((job) => `${job.title}: ${jobWords(job)}`);
    return [`Forebay ${state.hello.version}, daemon ${state.hello.pid}`, ...lines]
      .map(escapeMarkdown)
      .join('\n\n');
  }

  dispose(): void {
    this.#following.dispose();
    this.#item.dispose();
  }
}
