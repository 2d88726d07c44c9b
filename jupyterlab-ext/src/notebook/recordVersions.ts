import type { CodeCell } from '@jupyterlab/cells';
import { type INotebookModel, NotebookActions } from '@jupyterlab/notebook';
import { mountMimeType, openMimeType } from './mountOutput.ts';
import { type UsedVersion, usedVersions } from './usedVersions.ts';

const metadataKey = 'forebay';

/** Keeps in a notebook's metadata which versions its outputs came of, from now on. */
export function recordVersions(): void {
  NotebookActions.executed.connect((_, { notebook }) => {
    const { model } = notebook;
    if (!model) return;
    const outputs = notebook.widgets
      .filter((cell): cell is CodeCell => cell.model.type === 'code')
      .flatMap(outputsOf);
    keep(model, usedVersions(outputs.flatMap((output) => [output[mountMimeType], output[openMimeType]])));
  });
}

function outputsOf({ model: { outputs } }: CodeCell): Record<string, unknown>[] {
  return Array.from({ length: outputs.length }, (_, index) => outputs.get(index).data);
}

/** Only what changed is written: a notebook that is run again stays as it is on disk. */
function keep(model: INotebookModel, versions: UsedVersion[]): void {
  const before = model.getMetadata(metadataKey) as { versions?: unknown } | undefined;
  if (JSON.stringify(before?.versions ?? []) === JSON.stringify(versions)) return;
  model.setMetadata(metadataKey, { ...before, versions });
}
