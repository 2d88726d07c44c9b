import { formatRef, formatSelector, parseRef } from '@forebay/core/api/ref';
import { InputDialog } from '@jupyterlab/apputils';
import type { IForebay, VersionRef } from '../tokens.ts';
import { notifyError } from './notify.ts';

/** Asks which version a command of the palette is meant for, the one chosen in the side bar first. */
export async function chooseVersion(forebay: IForebay, title: string): Promise<VersionRef | null> {
  const { selected, store, client } = forebay;
  const latest = store.snapshot.datasets.flatMap(({ name, latest }) =>
    latest ? [formatRef(name, latest.version)] : [],
  );
  const chosen = selected ? formatRef(selected.dataset, selected.version) : latest[0];
  const answer = await InputDialog.getItem({
    title,
    label: 'Version (NAME, NAME@v3, NAME@TAG)',
    items: [...new Set([...(chosen ? [chosen] : []), ...latest])],
    editable: true,
    ...(chosen ? { current: chosen } : {}),
  });
  if (!answer.button.accept || !answer.value) return null;
  try {
    const { name, selector } = parseRef(answer.value.trim());
    return { dataset: name, version: (await client.versions.get(name, formatSelector(selector))).version };
  } catch (error) {
    notifyError(error);
    return null;
  }
}

/** Asks which dataset a command of the palette is meant for, that of the version chosen in the side bar first. */
export async function chooseDataset({ selected, store }: IForebay, title: string): Promise<string | null> {
  const names = store.snapshot.datasets.map(({ name }) => name);
  const current = selected?.dataset ?? names[0];
  const answer = await InputDialog.getItem({
    title,
    label: 'Dataset',
    items: names,
    editable: true,
    ...(current ? { current } : {}),
  });
  return (answer.button.accept && answer.value?.trim()) || null;
}
