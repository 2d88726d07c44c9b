import { type DragEvent, type ReactNode, useEffect, useState } from 'react';
import type { FileEntry, FileSort } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import type { DatasetView } from '../dataset/datasetView.ts';
import { useHost } from '../host.ts';
import { useSettled } from '../live/useSettled.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { GlyphButton } from '../parts/GlyphButton.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { Breadcrumb } from './Breadcrumb.tsx';
import { FileList } from './FileList.tsx';
import type { FilesSnapshot } from './FilesFeed.ts';
import { FileTiles } from './FileTiles.tsx';
import { fileCode } from './fileCode.ts';
import { Preview } from './Preview.tsx';
import { Readme } from './Readme.tsx';
import { folderAbove } from './rowText.ts';
import { useFiles } from './useFiles.ts';

/** A version's files, read only: listed or as small pictures, found by name, and looked at. */
export function FilesTab({ dataset, version, view, onChange, choice }: FilesTabProps) {
  const host = useHost();
  const { folder, search, layout } = view;
  const sort = isSort(view.sort) ? view.sort : 'name';
  const settled = useSettled(search, 150);
  const { feed, snapshot } = useFiles({ dataset, version, folder, search: settled, sort });
  const [active, setActive] = useState(0);
  const [looked, setLooked] = useState<FileEntry | null>(null);
  // Another list begins at its top.
  useEffect(() => setActive(0), [feed]);
  useEffect(() => setLooked(null), [dataset, version]);
  const goTo = (to: string) => onChange({ ...view, folder: to, search: '' });
  const look = (entry: FileEntry) => {
    if (entry.kind === 'file') setLooked(entry);
  };
  const open = (entry: FileEntry) => {
    if (entry.kind === 'folder') goTo(entry.path);
    else if (host.openFile) host.openFile({ dataset, version }, entry.path);
    else look(entry);
  };
  const drag = (event: DragEvent, { path }: FileEntry) => {
    event.dataTransfer.effectAllowed = 'copy';
    event.dataTransfer.setData('text/plain', fileCode(dataset, version, path));
  };
  const { total, failure } = snapshot;
  const reading = (total === undefined || (total === 0 && !snapshot.complete)) && !failure;
  const List = layout === 'grid' ? FileTiles : FileList;
  return (
    <div className="fb-files-tab">
      <div className="fb-files-bar">
        {choice}
        <Breadcrumb top={choice ? dataset : `${dataset}@v${version}`} folder={folder} onGo={goTo} />
        <span className="fb-files-count fb-dim fb-number" role="status">
          {countText(snapshot, settled)}
        </span>
        <SearchBox
          value={search}
          onChange={(text) => onChange({ ...view, search: text })}
          label={folder === '' ? 'Search all files' : 'Search this folder'}
        />
        <fieldset className="fb-files-layout" aria-label="Layout">
          <GlyphButton
            icon="list"
            label="As a list"
            pressed={layout === 'list'}
            onClick={() => onChange({ ...view, layout: 'list' })}
          />
          <GlyphButton
            icon="tiles"
            label="As pictures"
            pressed={layout === 'grid'}
            onClick={() => onChange({ ...view, layout: 'grid' })}
          />
        </fieldset>
      </div>
      {failure && <FailureFace failure={failure} onRetry={() => feed.reload()} known={total !== undefined} />}
      <div className={`fb-files-body${looked ? ' fb-files-looked' : ''}`}>
        <div className="fb-files-main">
          {total === 0 && snapshot.complete && (
            <EmptyFace title={settled === '' ? 'No files here' : 'Nothing found'}>
              <p className="fb-dim">
                {settled === ''
                  ? 'This folder is empty in this version.'
                  : `No name ${folder === '' ? 'in this version' : `below ${folder}`} contains “${settled}”.`}
              </p>
              {settled !== '' && (
                <div className="fb-buttons">
                  <button
                    type="button"
                    className="fb-button"
                    onClick={() =>
                      onChange({ ...view, search: '', ...(folder === '' ? {} : { folder: '', search }) })
                    }
                  >
                    {folder === '' ? 'Clear search' : 'Search all files'}
                  </button>
                </div>
              )}
            </EmptyFace>
          )}
          {(reading || (total !== undefined && total > 0)) && (
            // Also while another folder is read: who goes by keyboard stays in the list.
            <List
              {...{ dataset, version, folder, feed, snapshot, sort, active }}
              onSort={(to) => onChange({ ...view, sort: to })}
              onActive={setActive}
              onLook={look}
              onOpen={open}
              onUp={() => folder !== '' && goTo(folderAbove(folder))}
              onDrag={drag}
            />
          )}
          {reading && <Skeleton label="Reading files" />}
          {settled === '' && total !== undefined && <Readme {...{ dataset, version, folder }} />}
        </div>
        {looked && (
          <Preview
            key={looked.path}
            {...{ dataset, version }}
            entry={looked}
            onClose={() => setLooked(null)}
          />
        )}
      </div>
    </div>
  );
}

const isSort = (sort: string): sort is FileSort => /^-?(name|size|type|modified)$/.test(sort);

function countText({ total, complete, read }: FilesSnapshot, search: string): string {
  if (total === undefined) return '';
  if (search !== '') {
    return complete
      ? `${formatCount(total, 'file')} found`
      : `Searching, ${formatCount(read, 'file')} so far…`;
  }
  return complete ? formatCount(total, 'item') : `Up to ${formatCount(total, 'item')}…`;
}

interface FilesTabProps {
  dataset: string;
  version: number;
  view: DatasetView;
  onChange: (view: DatasetView) => void;
  /** Where another version is chosen. */
  choice?: ReactNode;
}
