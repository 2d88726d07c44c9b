import type { ReactNode } from 'react';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import type { DatasetView } from '../dataset/datasetView.ts';
import { folderAbove } from '../files/rowText.ts';
import { useHost } from '../host.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { BarSection } from './BarSection.tsx';
import { classRows, folderRows, imbalance, typeRows } from './barRows.ts';
import { Figures } from './Figures.tsx';
import { ImageSizes } from './ImageSizes.tsx';
import { SampleGrid } from './SampleGrid.tsx';
import { SizeHistogram } from './SizeHistogram.tsx';
import { Tables } from './Tables.tsx';
import { useStatistics } from './useStatistics.ts';

/** What a version holds: counted from its manifest, and what a sample of its files say of themselves. */
export function StatisticsTab({ dataset, version, view, onChange, choice }: StatisticsTabProps) {
  const host = useHost();
  const { value, failure, reload } = useStatistics(dataset, version);
  const goTo = (folder: string) => onChange({ ...view, tab: 'files', folder, search: '' });
  const open = (path: string) => {
    if (host.openFile) host.openFile({ dataset, version }, path);
    else onChange({ ...view, tab: 'files', folder: folderAbove(path), search: '', layout: 'grid' });
  };
  const { counts = null, sample = null, progress = null } = value ?? {};
  return (
    <div className="fb-statistics fb-body">
      {choice}
      {failure && <FailureFace failure={failure} onRetry={reload} known={value !== undefined} />}
      {!counts && progress && progress.files > 0 && (
        <div className="fb-statistics-wait">
          <progress max={progress.filesTotal} value={progress.files} aria-label="Counting files" />
          <span className="fb-dim fb-number">
            {progress.files.toLocaleString('en-US')} of {formatCount(progress.filesTotal, 'file')}
          </span>
        </div>
      )}
      {!counts && !failure && <Skeleton label="Counting files" />}
      {counts && counts.files === 0 && (
        <EmptyFace title="No files in this version">
          <p className="fb-dim">There is nothing to count.</p>
        </EmptyFace>
      )}
      {counts && counts.files > 0 && (
        <>
          <Figures counts={counts} />
          {counts.classes && (
            <BarSection
              title="Classes"
              note={[
                formatCount(counts.classes.items.length, 'class').replace(/sss$|classs$/, 'classes'),
                imbalance(classRows(counts.classes)),
              ]
                .filter(Boolean)
                .join('. ')}
              rows={classRows(counts.classes)}
              parts={counts.classes.folders}
              onOpen={goTo}
            />
          )}
          {sample && sample.grid.length > 0 && (
            <section className="fb-card" aria-label="Sample">
              <h3>Sample</h3>
              <SampleGrid {...{ dataset, version }} grid={sample.grid} onOpen={open} />
            </section>
          )}
          <div className="fb-statistics-columns">
            {counts.top.length > 1 && (
              <BarSection
                title="Folders"
                note={
                  counts.topTotal > counts.top.length
                    ? `${counts.top.length} of ${formatCount(counts.topTotal, 'folder')}`
                    : ''
                }
                rows={folderRows(counts.top)}
                onOpen={goTo}
              />
            )}
            <BarSection title="Types" rows={typeRows(counts.types)} />
            <section className="fb-card" aria-label="File sizes">
              <h3>File sizes</h3>
              <p className="fb-dim">
                {formatBytes(Math.round(counts.bytes / counts.files))} on average
                {counts.empty > 0 && `; ${formatCount(counts.empty, 'empty file')} left out`}
              </p>
              <SizeHistogram sizes={counts.sizes} />
            </section>
            {sample?.images && (
              <section className="fb-card" aria-label="Picture sizes">
                <h3>Picture sizes</h3>
                <ImageSizes images={sample.images} />
              </section>
            )}
          </div>
          {sample && sample.tables.length > 0 && <Tables tables={sample.tables} />}
          {!sample && <Skeleton label="Looking into some files" />}
        </>
      )}
    </div>
  );
}

interface StatisticsTabProps {
  dataset: string;
  version: number;
  view: DatasetView;
  onChange: (view: DatasetView) => void;
  /** Where another version is chosen. */
  choice?: ReactNode;
}
