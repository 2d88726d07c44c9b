import { mountCode } from '@forebay/core/api/code/mountCode';
import { formatSelector, parseRef } from '@forebay/core/api/ref';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { ForebayApi } from './ForebayApi.ts';

export function createApi(
  daemon: Pick<DaemonModel, 'client' | 'hints'>,
  open: (view: string) => void,
): ForebayApi {
  return {
    apiVersion: 1,
    client: () => daemon.client(),
    open,
    mountCode: async (ref) => {
      const { name, selector } = parseRef(ref);
      if (selector.kind === 'number') return mountCode(name, selector.number);
      const client = await daemon.client();
      const { version } = await client.versions.get(name, formatSelector(selector));
      return mountCode(name, version);
    },
    onDidChange: daemon.hints.listen,
  };
}
