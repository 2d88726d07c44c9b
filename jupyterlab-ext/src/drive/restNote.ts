import type { Contents } from '@jupyterlab/services';
import type { DrivePath } from './drivePath.ts';
import { modelOf } from './models.ts';

const ending = 'more - see the Files page.txt';

export const isRestName = (path: string): boolean => path.endsWith(ending);

/** Stands last in a folder that has more files than are listed. */
export function restModel(path: string, text: string | null, more = 0): Contents.IModel {
  const at = text === null ? `${path}/${more.toLocaleString('en-US')} ${ending}` : path;
  const model = modelOf(at, { kind: 'file', size: 0 });
  return text === null ? model : { ...model, content: text, format: 'text', mimetype: 'text/plain' };
}

export const restText = ({ dataset, selector }: DrivePath): string =>
  `This folder has more files than a file browser shows well. All of them are on Forebay's page of ${dataset}@${selector}: run the command "Open dataset", and choose the tab Files.\n`;
