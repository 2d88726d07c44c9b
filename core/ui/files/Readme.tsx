import { isReadme } from '../../src/api/readme.ts';
import { never, useLive } from '../live/useLive.ts';
import { Icon } from '../parts/Icon.tsx';
import { Markdown } from './Markdown.tsx';
import { previewKind, previewMost, textOf } from './previewKind.ts';

/** What a folder says of itself, if it does: shown below its files. */
export function Readme({ dataset, version, folder }: { dataset: string; version: number; folder: string }) {
  const { value } = useLive(
    async ({ versions }, signal) => {
      const request = { folder, begins: 'readme', limit: 20 };
      const { items } = await versions.files(dataset, `v${version}`, request, signal);
      const file = items.find(({ path, kind }) => kind === 'file' && isReadme(path));
      if (!file || file.size === 0) return null;
      const range = { start: 0, end: Math.min(file.size, previewMost.text) };
      const bytes = await versions.content(dataset, `v${version}`, file.path, { range, signal });
      return { path: file.path, text: textOf(bytes, range.end === file.size) };
    },
    never,
    [dataset, version, folder],
  );
  if (!value) return null;
  const { path, text } = value;
  return (
    <section className="fb-readme" aria-label={path}>
      <h3 className="fb-readme-head">
        <Icon name="file" className="fb-dim" /> {path.split('/').at(-1)}
      </h3>
      {previewKind(path) === 'markdown' ? (
        <Markdown {...{ dataset, version, path, text }} />
      ) : (
        <pre className="fb-preview-text">{text}</pre>
      )}
    </section>
  );
}
