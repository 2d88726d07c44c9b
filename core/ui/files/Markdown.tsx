import { useEffect, useRef } from 'react';
import { useHost } from '../host.ts';
import { renderMarkdown } from './markdown.ts';
import { folderAbove } from './rowText.ts';

/** Bytes of a picture within it. */
const pictureMost = 4_000_000;

/** A Markdown file of a version, with the version's own pictures. */
export function Markdown({ dataset, version, path, text }: MarkdownProps) {
  const { client } = useHost();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const fragment = renderMarkdown(text, folderAbove(path));
    const end = new AbortController();
    const addresses: string[] = [];
    for (const image of fragment.querySelectorAll<HTMLImageElement>('img[data-path]')) {
      const range = { start: 0, end: pictureMost };
      client.versions
        .content(dataset, `v${version}`, image.dataset.path ?? '', { range, signal: end.signal })
        .then((bytes) => {
          if (end.signal.aborted) return;
          const type = image.dataset.path?.endsWith('.svg') ? 'image/svg+xml' : '';
          image.src = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
          addresses.push(image.src);
        })
        .catch(() => image.replaceWith(image.alt));
    }
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
