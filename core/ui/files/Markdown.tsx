import { useEffect, useRef } from 'react';
import { useHost } from '../host.ts';
import { renderMarkdown } from './markdown.ts';
import { folderAbove } from './rowText.ts';

/** Bytes of a picture within it, how many different ones are shown, and how many are read at once. */
const pictures = { bytes: 4_000_000, most: 200, atOnce: 6 };

/** A Markdown file of a version, with the version's own pictures. */
export function Markdown({ dataset, version, path, text }: MarkdownProps) {
  const { client } = useHost();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const fragment = renderMarkdown(text, folderAbove(path));
    const end = new AbortController();
    const addresses: string[] = [];
    const show = async (source: string, images: readonly HTMLImageElement[]) => {
      const asked = { range: { start: 0, end: pictures.bytes }, signal: end.signal };
      const bytes = await client.versions.content(dataset, `v${version}`, source, asked);
      if (end.signal.aborted) return;
      const type = source.endsWith('.svg') ? 'image/svg+xml' : '';
      const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
      addresses.push(address);
      for (const image of images) image.src = address;
    };
    const all = Map.groupBy(
      fragment.querySelectorAll<HTMLImageElement>('img[data-path]'),
      (image) => image.dataset.path ?? '',
    );
    const waiting = [...all].slice(0, pictures.most);
    const showNext = async (): Promise<void> => {
      const next = waiting.shift();
      if (!next || end.signal.aborted) return;
      await show(...next).catch(() => sayInstead(next[1]));
      return showNext();
    };
    for (const [, images] of [...all].slice(pictures.most)) sayInstead(images);
    for (let nth = 0; nth < pictures.atOnce; nth++) void showNext();
    place.current?.replaceChildren(fragment);
    return () => {
      end.abort();
      for (const address of addresses) URL.revokeObjectURL(address);
    };
  }, [client, dataset, version, path, text]);
  return <div className="fb-markdown" ref={place} />;
}

interface MarkdownProps {
  dataset: string;
  version: number;
  path: string;
  text: string;
}

function sayInstead(images: readonly HTMLImageElement[]): void {
  for (const image of images) image.replaceWith(image.alt);
}
