import { readPatch } from './patch.ts';

/** Lines of one file that are shown. */
const most = 2000;

/** What `git diff` wrote, a file after the other. */
export function PatchView({ patch }: { patch: string }) {
  return (
    <div className="fb-patch">
      {readPatch(patch).map((file) => (
        <details key={file.path} open={file.lines.length <= 400}>
          <summary>
            <span className="fb-cell-text" title={file.path}>
              {file.path}
            </span>
            <span className="fb-dim">{file.kind}</span>
            <span className="fb-number fb-added">+{file.added}</span>
            <span className="fb-number fb-removed">−{file.removed}</span>
          </summary>
          <pre className="fb-code">
            {file.lines.slice(0, most).map(({ kind, text }, at) => (
              <span key={at} className={`fb-patch-line fb-patch-line-${kind}`}>
                {signs[kind]}
                {text}
                {'\n'}
              </span>
            ))}
            {file.lines.length > most && (
              <span className="fb-dim">{file.lines.length - most} more lines</span>
            )}
          </pre>
        </details>
      ))}
    </div>
  );
}

const signs = { same: ' ', added: '+', removed: '-', place: '', note: '' } as const;
