import { useState } from 'react';
import { GlyphButton } from '../parts/GlyphButton.tsx';

/** Characters; the hub takes no more. */
const longest = 10_000;

/** What a dataset is, in its owners' words; a press on the pencil changes it. */
export function DescriptionEditor({ text, onChange }: DescriptionEditorProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const keep = async () => {
    if (draft === null) return;
    // What could not be kept stays in the box.
    if (draft.trim() === text || (await onChange(draft.trim()))) setDraft(null);
  };
  if (draft === null) {
    return (
      <div className="fb-description">
        <p className={text === '' ? 'fb-dim' : ''}>{text === '' ? 'No description yet' : text}</p>
        <GlyphButton icon="edit" label="Edit description" onClick={() => setDraft(text)} />
      </div>
    );
  }
  return (
    <textarea
      className="fb-input"
      // biome-ignore lint/a11y/noAutofocus: it takes the place of what was pressed
      autoFocus
      rows={Math.min(6, Math.max(2, draft.split('\n').length))}
      maxLength={longest}
      value={draft}
      placeholder="What it is, where it comes from, who may use it"
      aria-label="Description"
      onChange={({ target }) => setDraft(target.value)}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          setDraft(null);
        }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void keep();
      }}
    />
  );
}

interface DescriptionEditorProps {
  text: string;
  /** False where it could not be kept. */
  onChange: (text: string) => Promise<boolean>;
}
