import { CachingForm, type Host, HostProvider } from '@forebay/core/ui';
import { ReactWidget } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';

/** Caching one version, over whatever the person was at; the browser keeps focus within, and Escape closes. */
export class CachingDialog extends ReactWidget {
  readonly #of: string;
  readonly #host: Host;
  readonly #dialog = document.createElement('dialog');

  constructor(of: string, host: Host) {
    super();
    this.#of = of;
    this.#host = host;
    this.#dialog.className = 'fb-dialog';
    this.#dialog.setAttribute('aria-label', `Cache ${of}`);
    this.#dialog.addEventListener('close', () => this.dispose());
  }

  open(): void {
    document.body.append(this.#dialog);
    Widget.attach(this, this.#dialog);
    this.#dialog.showModal();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    super.dispose();
    this.#dialog.remove();
  }

  protected override render() {
    const leave = () => this.#dialog.close();
    return (
      <HostProvider host={this.#host}>
        <div className="fb-dialog-head">
          <h2>{`Cache ${this.#of}`}</h2>
          <button type="button" className="fb-button" onClick={leave}>
            Close
          </button>
        </div>
        <CachingForm of={this.#of} onLeave={leave} />
      </HostProvider>
    );
  }
}
