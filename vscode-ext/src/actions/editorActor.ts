import type { Actor, Note, VersionVerb } from '@forebay/core/ui/host';
import { vsCodeId } from '@forebay/core/ui/verbs';
import type { View } from '@forebay/core/ui/view';
import { writeView } from '@forebay/core/ui/view';
import { commands, env, window } from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { JobsModel } from '../jobs/JobsModel.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import { askPerson, showDone, showError } from '../vscode/messages.ts';
import { withJobProgress } from '../vscode/progress.ts';

/** Once the daemon is there. */
export type MakeActor = () => Promise<Actor>;

interface Surroundings {
  daemon: DaemonModel;
  jobs: JobsModel;
  placements: PlacementsModel;
  open: (view: string) => void;
}

/** What shared actions need of VS Code. */
export function editorActor({ daemon, jobs, placements, open }: Surroundings): MakeActor {
  return async () => {
    const client = await daemon.client();
    return {
      client,
      ask: ({ title, body, agree }) => askPerson(title, body, agree),
      notify,
      copy: (text) => void copyText(text),
      act: (verb, dataset, version) =>
        void commands.executeCommand(commandOf[verb], { kind: 'version', dataset, version }),
      open: (view: View) => open(writeView(view)),
      follow: async (id) => {
        try {
          return await withJobProgress(client, await client.jobs.get(id), (job) => jobs.put(job));
        } finally {
          await placements.reload();
        }
      },
    };
  };
}

/** What every editor can do with a version. */
export const commandOf: Record<VersionVerb, string> = {
  cache: vsCodeId('version.cache'),
  clear: vsCodeId('version.clear'),
  'insert-mount': vsCodeId('notebook.insertMountCode'),
  'copy-path': vsCodeId('version.copyPath'),
};

export async function copyText(text: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`Forebay: copied ${text}`, 5000);
}

function notify(note: Note): void {
  const actions = Object.fromEntries((note.actions ?? []).map(({ label, act }) => [label, act]));
  if (note.kind === 'failed') void showError(note.error, actions);
  else void showDone(note.text, actions);
}
