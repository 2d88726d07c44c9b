import { MarkdownString, StatusBarAlignment, window } from 'vscode';
import type { JobsModel } from '../jobs/JobsModel.ts';
import { jobWords } from '../jobs/jobWords.ts';
import { escapeMarkdown } from '../tree/row.ts';
import type { DaemonModel } from './DaemonModel.ts';
import { statusText } from './statusText.ts';

/** One item: is the daemon there, and what is it doing. */
export class DaemonStatusBar {
  readonly #item = window.createStatusBarItem('forebay.status', StatusBarAlignment.Left);
  readonly #daemon: DaemonModel;
  readonly #jobs: JobsModel;

  constructor(daemon: DaemonModel, jobs: JobsModel) {
    this.#daemon = daemon;
    this.#jobs = jobs;
    this.#item.name = 'Forebay';
    this.#item.command = 'forebay.app.status';
    // Not there before anybody needed the daemon.
    daemon.changed.listen(() => {
      this.#show();
      this.#item.show();
    });
    jobs.changed.listen(() => this.#show());
  }

  #show(): void {
    const { state } = this.#daemon;
    const jobs = [...this.#jobs.running.values()];
    this.#item.text = statusText(state.kind, jobs);
    this.#item.tooltip = new MarkdownString(this.#tooltip());
  }

  #tooltip(): string {
    const { state } = this.#daemon;
    if (state.kind === 'starting') return "Starting Forebay's daemon…";
    if (state.kind === 'offline') {
      const since = `Offline since ${state.since.toLocaleTimeString()}.`;
      return escapeMarkdown([since, state.error.message, state.error.hint].filter(Boolean).join(' '));
    }
    const lines = [...this.#jobs.running.values()].map((job) => `${job.title}: ${jobWords(job)}`);
    return [`Forebay ${state.hello.version}, daemon ${state.hello.pid}`, ...lines]
      .map(escapeMarkdown)
      .join('\n\n');
  }

  dispose(): void {
    this.#item.dispose();
  }
}
