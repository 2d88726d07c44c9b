import { useState } from 'react';
import { archiveTag, noteTag, starTag } from '../../src/api/run/runTags.ts';
import type { Run, RunChange } from '../../src/api/schemas.ts';
import { GlyphButton } from '../parts/GlyphButton.tsx';

const elsewhere = new Set<string>([archiveTag, noteTag, starTag]);
/** What clients and runners keep in tags for themselves. */
const machines = /^(mlflow|forebay)\./;

/** A person's tags, each a name and a value. */
export function TagsEditor({
  run,
  onChange,
}: {
  run: Run;
  onChange: (change: RunChange) => Promise<boolean>;
}) {
  const [draft, setDraft] = useState('');
  const tags = Object.entries(run.tags).filter(([key]) => !elsewhere.has(key) && !machines.test(key));
  const [key = '', value = ''] = draft.split(/=(.*)/s).map((part) => part.trim());
  const reserved = machines.test(key);
  // What could not be kept stays in the box.
  const add = async () => {
    if (key !== '' && !reserved && (await onChange({ tags: { [key]: value } }))) setDraft('');
  };
  return (
    <section className="fb-card" aria-label="Tags">
      <h3>Tags</h3>
      <ul className="fb-tag-list">
        {tags.map(([key, value]) => (
          <li key={key} title={`${key}: ${value}`}>
            <span className="fb-cell-text">{value === '' ? key : `${key}: ${value}`}</span>
            <GlyphButton
              icon="close"
              label={`Take ${key} away`}
              onClick={() => void onChange({ tags: { [key]: null } })}
            />
          </li>
        ))}
      </ul>
      <input
        className="fb-input"
        value={draft}
        placeholder="name=value, then Enter"
        aria-label="Add a tag"
        onChange={({ target }) => setDraft(target.value)}
        disabled={run.deleted}
        aria-invalid={reserved}
        onKeyDown={({ key: pressed, nativeEvent }) => {
          if (pressed === 'Enter' && !nativeEvent.isComposing) void add();
        }}
      />
      {reserved && (
        <p className="fb-problem">Names that begin with mlflow. or forebay. are kept for programs.</p>
      )}
    </section>
  );
}
