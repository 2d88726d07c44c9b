import { ReactWidget } from '@jupyterlab/ui-components';
import { statusText } from '../model/statusText.ts';
import type { IForebay } from '../tokens.ts';
import { HostContext, useSnapshot } from './host.ts';

function Status({ onOpen }: { onOpen: () => void }) {
  const said = statusText(useSnapshot());
  if (!said) return null;
  return (
    <button type="button" className="fb-status" title={said.hint} onClick={onOpen}>
      {said.text}
    </button>
  );
}

/** In the status bar; a press opens the side bar. */
export class StatusItem extends ReactWidget {
  readonly #forebay: IForebay;
  readonly #open: () => void;

  constructor(forebay: IForebay, open: () => void) {
    super();
    this.#forebay = forebay;
    this.#open = open;
  }

  protected override render() {
    return (
      <HostContext.Provider value={{ forebay: this.#forebay, run: () => undefined }}>
        <Status onOpen={this.#open} />
      </HostContext.Provider>
    );
  }
}
