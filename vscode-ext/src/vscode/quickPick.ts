import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';

export interface Choice<T> {
  label: string;
  description?: string;
  detail?: string;
  value: T;
}

type Item<T> = QuickPickItem & { value: T };

/** One of `choices`, which may still be on their way; undefined when the person leaves. */
export async function pickOne<T>(
  placeHolder: string,
  choices: Promise<Choice<T>[]> | Choice<T>[],
): Promise<T | undefined> {
  const items = Promise.resolve(choices).then((all): Item<T>[] =>
    all.map(({ value, ...texts }) => ({ ...texts, kind: QuickPickItemKind.Default, value })),
  );
  const picked = await window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.value;
}
