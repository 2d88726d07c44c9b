import { Dialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';

/** How far it is; without `max` that can't be told. */
export interface Wait {
  label: string;
  text: string;
  value?: number;
  max?: number;
}

/** Milliseconds after which a wait is shown. */
const blink = 300;

/** Does what a person waits for: after a blink with its progress and *Cancel*. Null: cancelled. */
export async function waitFor<T>(
  title: string,
  first: Wait,
  work: (signal: AbortSignal, show: (wait: Wait) => void) => Promise<T>,
): Promise<T | null> {
  const end = new AbortController();
  const body = new WaitBody(first);
  const dialog = new Dialog({ title, body, buttons: [Dialog.cancelButton()] });
  const timer = window.setTimeout(() => {
    void dialog
      .launch()
      .then(({ button }) => button.label === 'Cancel' && end.abort())
      .catch(() => undefined);
  }, blink);
  try {
    return await work(end.signal, (wait) => body.tell(wait));
  } catch (error) {
    if (end.signal.aborted) return null;
    throw error;
  } finally {
    window.clearTimeout(timer);
    dialog.dispose();
  }
}

class WaitBody extends ReactWidget {
  #wait: Wait;

  constructor(first: Wait) {
    super();
    this.#wait = first;
    this.addClass('fb-job-dialog');
  }

  tell(wait: Wait): void {
    this.#wait = wait;
    this.update();
  }

  protected override render() {
    const { label, text, value, max } = this.#wait;
    return (
      <div className="fb-job-body">
        <progress {...(max ? { value, max } : {})} aria-label={label} />
        <p role="status">{text}</p>
      </div>
    );
  }
}
