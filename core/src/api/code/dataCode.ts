import { mountCode, mountVariable, pythonText } from './mountCode.ts';

/** Ways to open data in Python. */
export const codeKinds = {
  path: 'Path',
  pandas: 'pandas',
  pytorch: 'PyTorch ImageFolder',
  huggingface: 'Hugging Face datasets',
  fsspec: 'fsspec',
} as const;

export type CodeKind = keyof typeof codeKinds;

export interface CodeTarget {
  dataset: string;
  version: number;
  /** Of a file or folder within the version; empty or left out: the whole. */
  path?: string;
}

/** Python that opens a version, or a file of it, ending with an empty line. All but fsspec's works on the cached files. */
export function dataCode(kind: CodeKind, target: CodeTarget): string {
  const { dataset, version, path = '' } = target;
  const mount = mountCode(dataset, version).split('\n')[1];
  const variable = mountVariable(dataset);
  const name = variable.replace(/_path$/, '');
  // With its ending it is neither a keyword nor what is imported: datasets are called 'class' and 'pd' too.
  const data = `${name}_data`;
  const place = path === '' ? variable : `${variable} / ${pythonText(path)}`;
  const lines: Record<CodeKind, () => string[]> = {
    path: () => ['import forebay', `${mount}`, ...(path === '' ? [] : [`${name}_file = ${place}`])],
    pandas: () => ['import forebay', 'import pandas as pd', `${mount}`, ...tableLines(data, variable, path)],
    pytorch: () => [
      'import forebay',
      'from torchvision.datasets import ImageFolder',
      `${mount}`,
      `${data} = ImageFolder(${place})`,
    ],
    huggingface: () => [
      'import forebay',
      'from datasets import load_dataset',
      `${mount}`,
      `${data} = load_dataset(str(${place}))`,
    ],
    fsspec: () => fsspecLines(dataset, version, path, name),
  };
  return `${lines[kind]().join('\n')}\n`;
}

/** What pandas reads a file with, by the end of its name. */
const readers: [RegExp, string][] = [
  [/\.csv(\.(gz|bz2|xz|zst))?$/i, 'pd.read_csv(FILE)'],
  [/\.(tsv|tab)(\.gz)?$/i, 'pd.read_csv(FILE, sep="\\t")'],
  [/\.(parquet|pq)$/i, 'pd.read_parquet(FILE)'],
  [/\.(jsonl|ndjson)(\.gz)?$/i, 'pd.read_json(FILE, lines=True)'],
  [/\.json$/i, 'pd.read_json(FILE)'],
  [/\.feather$/i, 'pd.read_feather(FILE)'],
  [/\.(xlsx?|ods)$/i, 'pd.read_excel(FILE)'],
];

function tableLines(data: string, variable: string, path: string): string[] {
  if (path !== '') {
    const reader = readers.find(([pattern]) => pattern.test(path))?.[1] ?? 'pd.read_csv(FILE)';
    return [`${data} = ${reader.replace('FILE', () => `${variable} / ${pythonText(path)}`)}`];
  }
  const files = `sorted(${variable}.rglob("*.csv"))`;
  return [`${data} = pd.concat((pd.read_csv(file) for file in ${files}), ignore_index=True)`];
}

/** Reads from the lake, by ranges, what no cache here has. */
function fsspecLines(dataset: string, version: number, path: string, name: string): string[] {
  const ref = `${dataset}@v${version}`;
  if (path !== '') {
    return [
      'import fsspec',
      `with fsspec.open(${pythonText(`forebay://${ref}/${path}`)}) as file:`,
      `    ${name}_data = file.read()`,
    ];
  }
  return ['import fsspec', `${name}_files = fsspec.filesystem("forebay")`, `${name}_files.ls("${ref}")`];
}
