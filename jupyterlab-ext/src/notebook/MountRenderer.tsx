import { type Host, HostProvider, MountedVersion } from '@forebay/core/ui';
import type { IRenderMime } from '@jupyterlab/rendermime';
import { ReactWidget } from '@jupyterlab/ui-components';
import { type MountOutput, mountMimeType, readMount } from './mountOutput.ts';

/** Shows a mount as it is now, not as it was when the cell ran. */
class MountRenderer extends ReactWidget implements IRenderMime.IRenderer {
  readonly #host: Host;
  #mount: MountOutput | undefined;

  constructor(host: Host) {
    super();
    this.#host = host;
    this.addClass('fb-output');
  }

  async renderModel({ data }: IRenderMime.IMimeModel): Promise<void> {
    this.#mount = readMount(data[mountMimeType]);
    this.update();
  }

  protected override render() {
    if (!this.#mount) return [];
    return (
      <HostProvider host={this.#host}>
        <MountedVersion {...this.#mount} />
      </HostProvider>
    );
  }
}

export const mountRendererFactory = (host: Host): IRenderMime.IRendererFactory => ({
  safe: true,
  mimeTypes: [mountMimeType],
  // Before the kernel's own HTML, which is for those who have no such renderer.
  defaultRank: 10,
  createRenderer: () => new MountRenderer(host),
});
