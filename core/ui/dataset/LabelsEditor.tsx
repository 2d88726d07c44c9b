import { useEffect, useState } from 'react';
import { useStable } from '../live/useStable.ts';
import { GlyphButton } from '../parts/GlyphButton.tsx';
import { Edits } from './Edits.ts';

/** A dataset's labels; Enter adds one, a cross takes it away. */
export function LabelsEditor({ labels, onChange }: LabelsEditorProps) {
  const [draft, setDraft] = useState('');
  const keep = useStable(onChange);
  const [edits] = useState(() => new Edits(labels, keep));
  useEffect(() => {
    edits.kept = labels;
  }, [edits, labels]);
  const add = async () => {
    const label = draft.trim();
    if (label === '') return;
    const added = labels.includes(label) || (await edits.apply((kept) => [...new Set([...kept, label])]));
    if (added) setDraft('');
  };
  return (
    <ul className="fb-label-list" aria-label="Labels">
      {labels.map((label) => (
        <li key={label} className="fb-tag" title={label}>
          <span className="fb-tag-name">{label}</span>
          <GlyphButton
            icon="close"
            label={`Take ${label} away`}
            onClick={() => void edits.apply((kept) => kept.filter((each) => each !== label))}
          />
        </li>
      ))}
      <li>
        <input
          className="fb-label-input"
          value={draft}
          maxLength={63}
          placeholder="Add label"
          aria-label="Add a label"
          onChange={({ target }) => setDraft(target.value)}
          onKeyDown={({ key, nativeEvent }) => {
            if (key === 'Enter' && !nativeEvent.isComposing) void add();
            if (key === 'Escape') setDraft('');
          }}
        />
      </li>
    </ul>
  );
}

interface LabelsEditorProps {
  labels: readonly string[];
  /** All of them; false where they could not be kept. */
  onChange: (labels: readonly string[]) => Promise<boolean>;
}
