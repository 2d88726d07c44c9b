import type { Sample } from '../../src/api/schemas.ts';
import { Thumbnail } from '../files/Thumbnail.tsx';
import { useThumbnails } from '../files/useThumbnails.ts';

/** Some pictures, spread over the folders: the same ones each time. */
export function SampleGrid({ dataset, version, grid, onOpen }: SampleGridProps) {
  const thumbnails = useThumbnails(dataset, version);
  return (
    <ul className="fb-samples">
      {grid.map(({ path, size }) => (
        <li key={path}>
          <button
            type="button"
            className="fb-sample"
            title={path}
            aria-label={path}
            onClick={() => onOpen(path)}
          >
            <Thumbnail entry={{ path, size, kind: 'file' }} thumbnails={thumbnails} />
            <span className="fb-sample-name fb-dim">{folderName(path)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Of a picture its class, mostly. */
const folderName = (path: string) => path.split('/').at(-2) ?? path;

interface SampleGridProps {
  dataset: string;
  version: number;
  grid: Sample['grid'];
  onOpen: (path: string) => void;
}
