import { ForebayError } from '@forebay/core/api/errors';
import type { ChangeEvent } from '@forebay/core/api/schemas';
import { Client, type SubscribeOptions, type Transport } from '@forebay/core/client';
import { type Host, writeView } from '@forebay/core/ui';
import type { FromPage, PageRequest, ToPage } from '../src/pages/contract.ts';

declare function acquireVsCodeApi(): {
  postMessage: (message: FromPage) => void;
  setState: (state: string) => void;
};

type Adapter = Extract<Transport['settings']['adapter'], (...args: never[]) => unknown>;

/** What pages ask of VS Code, said to the extension. */
export function pageHost(): { host: Host; send: (message: FromPage) => void } {
  const code = acquireVsCodeApi();
  const send = (message: FromPage) => code.postMessage(message);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Set<{ onEvent: (event: ChangeEvent) => void; options: SubscribeOptions }>();
  let last = 0;

  window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    if (data.kind === 'answer') waiting.get(data.id)?.resolve(data.data);
    if (data.kind === 'failure') waiting.get(data.id)?.reject(ForebayError.fromProblem(data.problem));
    if (data.kind === 'answer' || data.kind === 'failure') waiting.delete(data.id);
    for (const { onEvent, options } of listeners) {
      if (data.kind === 'change') onEvent(data.event);
      if (data.kind === 'connection') options.onConnection?.(data.connected);
    }
  });

  const ask = <T>(question: (id: number) => FromPage, signal?: AbortSignal): Promise<T> => {
    const id = ++last;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    signal?.addEventListener('abort', () => {
      if (!waiting.delete(id)) return;
      send({ kind: 'cancel', id });
      answer.reject(new ForebayError('cancelled', 'The request was cancelled.'));
    });
    send(question(id));
    return answer.promise as Promise<T>;
  };

  const adapter: Adapter = async (config) => {
    const { method = 'get', url = '', params, data, responseType, signal, headers: given } = config;
    const headers = {
      ...(typeof data === 'string' ? { 'Content-Type': 'application/json' } : {}),
      // Of a large file a page wants no more than it shows.
      ...(typeof given.Range === 'string' ? { Range: given.Range } : {}),
    };
    const request: PageRequest = {
      ...{ method, url, params, data, headers },
      ...(responseType === 'arraybuffer' ? { responseType } : {}),
    };
    const answered = await ask((id) => ({ kind: 'request', id, request }), signal as AbortSignal | undefined);
    return { data: answered, status: 200, statusText: 'OK', headers: {}, config };
  };

  const client = new Client({
    settings: { adapter },
    subscribe: (onEvent, signal, options = {}) =>
      new Promise((resolve) => {
        const listener = { onEvent, options };
        listeners.add(listener);
        signal.addEventListener('abort', () => {
          listeners.delete(listener);
          resolve();
        });
      }),
  });
  const host: Host = {
    client,
    open: (view) => send({ kind: 'open', view: writeView(view) }),
    keep: (view) => {
      code.setState(writeView(view));
      send({ kind: 'keep', view: writeView(view) });
    },
    title: (title) => send({ kind: 'title', title }),
    link: (view) => ask((id) => ({ kind: 'link', id, view: writeView(view) })),
    copy: (text) => send({ kind: 'copy', text }),
    save: (name, bytes) => ask((id) => ({ kind: 'save', id, name, bytes })),
    openFile: (ref, path) => send({ kind: 'open-file', ...ref, path }),
    openDiff: (before, after) => {
      const name = after.path.split('/').at(-1);
      const title = `${name} (v${before.version} ↔ v${after.version})`;
      send({ kind: 'open-diff', before, after, title });
    },
    terminal: (command) => send({ kind: 'terminal', command }),
    ask: ({ title, body, agree }) => ask((id) => ({ kind: 'ask', id, title, body, agree })),
    notify: (note) => {
      const actions = note.actions ?? [];
      const said =
        note.kind === 'failed'
          ? { text: '', problem: ForebayError.from(note.error).toProblem() }
          : { text: note.text };
      const buttons = actions.map(({ label, deed }) => ({ label, deed }));
      void ask<string | null>((id) => ({ kind: 'notify', id, ...said, buttons })).then((label) =>
        actions.find((one) => one.label === label)?.act(),
      );
    },
    act: (verb, dataset, version) => send({ kind: 'act', verb, dataset, version }),
    rowHeight: 22,
  };
  return { host, send };
}
