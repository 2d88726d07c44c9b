import { parseImportSource } from '@forebay/core/api/importSource';
import { checkName } from '@forebay/core/api/ref';
import type { Dataset, DatasetChange } from '@forebay/core/api/schemas';
import { suggestName } from '@forebay/core/api/text/suggestName';
import { describeDataset, labelsOf } from '@forebay/core/ui/actions/describeDataset';
import { importVersion } from '@forebay/core/ui/actions/importVersion';
import type { MakeActor } from '../actions/editorActor.ts';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { inputText } from '../vscode/inputText.ts';
import { pickOne } from '../vscode/quickPick.ts';

/** Says what datasets are, and makes them of what lies in buckets. */
export class DatasetCommands {
  readonly #actor: MakeActor;
  readonly #picker: VersionPicker;

  constructor(actor: MakeActor, picker: VersionPicker) {
    this.#actor = actor;
    this.#picker = picker;
  }

  readonly describe = async (node?: TreeNode): Promise<void> => {
    const dataset = await this.#picker.dataset(node, 'Describe which dataset?');
    if (!dataset) return;
    const { name, description, labels } = dataset;
    const ask = await pickOne(`Describe ${name}`, [
      {
        label: '$(edit) Description',
        description: description === '' ? 'none yet' : description,
        value: askDescription,
      },
      {
        label: '$(tag) Labels',
        description: labels.length === 0 ? 'none yet' : labels.join(', '),
        value: askLabels,
      },
    ]);
    const change = await ask?.(dataset);
    if (change) await describeDataset(await this.#actor(), dataset, change);
  };

  readonly import = async (): Promise<void> => {
    const actor = await this.#actor();
    const url = await inputText({
      title: 'Import from a bucket',
      prompt: 'Nothing is copied: files are read from where they are.',
      placeHolder: 's3://bucket/prefix',
      check: parseImportSource,
    });
    if (!url) return;
    const dataset = await inputText({
      title: `Import ${url}`,
      prompt: 'Name of the dataset, which is made if need be.',
      value: suggestName(url.replace(/\/+$/, '').split('/').at(-1) ?? ''),
      check: checkName,
    });
    if (!dataset) return;
    const endpoint = await inputText({
      title: `Import ${url} as ${dataset}`,
      prompt: "Address of the store; left empty, it is the lake's own.",
      placeHolder: 'https://s3.example.com',
    });
    if (endpoint === undefined) return;
    await importVersion(actor, { dataset, url, ...(endpoint === '' ? {} : { endpoint }) });
  };
}

type Ask = (dataset: Dataset) => Promise<DatasetChange | undefined>;

const askDescription: Ask = async ({ name, description }) => {
  const text = await inputText({
    title: `Description of ${name}`,
    prompt: 'What it is, where it comes from, who may use it.',
    value: description,
  });
  return text === undefined || text.trim() === description ? undefined : { description: text.trim() };
};

const askLabels: Ask = async ({ name, labels }) => {
  const text = await inputText({
    title: `Labels of ${name}`,
    prompt: 'What it belongs to; several are separated by commas.',
    value: labels.join(', '),
    placeHolder: 'radiology, Boston',
  });
  return text === undefined || text === labels.join(', ') ? undefined : { labels: labelsOf(text) };
};
