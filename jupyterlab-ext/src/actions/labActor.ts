import type { Actor, Note, Question, VersionVerb } from '@forebay/core/ui';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard, Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { commandIds } from '../plugins/commandIds.ts';
import { openPage } from '../plugins/openPage.ts';
import type { IForebay } from '../tokens.ts';
import { notifyError } from './notify.ts';
import { paragraphs } from './paragraphs.tsx';

/** What actions need of JupyterLab, from a page as from a command. */
export function labActor(app: Pick<JupyterFrontEnd, 'commands'>, { client }: IForebay): Actor {
  return {
    client,
    ask,
    notify,
    copy: (text) => Clipboard.copyToSystem(text),
    act: (verb, dataset, version) => void app.commands.execute(verbs[verb], { dataset, version }),
    open: (view) => void openPage(app, view),
  };
}

const verbs: Record<VersionVerb, string> = {
  cache: commandIds.cache,
  clear: commandIds.clear,
  'insert-mount': commandIds.insertMount,
  'copy-path': commandIds.copyPath,
};

async function ask({ title, body, agree }: Question): Promise<boolean> {
  const answer = await showDialog({
    title,
    body: paragraphs(body),
    buttons:
      agree === undefined
        ? [Dialog.okButton({ label: 'Close' })]
        : [Dialog.cancelButton(), Dialog.warnButton({ label: agree })],
  });
  return agree !== undefined && answer.button.accept;
}

function notify(note: Note): void {
  const actions = (note.actions ?? []).map(({ label, act }) => ({ label, callback: act }));
  if (note.kind === 'failed') {
    notifyError(note.error, actions);
    return;
  }
  const show = note.kind === 'done' ? Notification.success : Notification.info;
  show(note.text, { autoClose: 8000, actions });
}
