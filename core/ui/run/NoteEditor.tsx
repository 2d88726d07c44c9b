import { useState } from 'react';
import { noteTag } from '../../src/api/run/runTags.ts';
import type { Run, RunChange } from '../../src/api/schemas.ts';

/** Characters; the store keeps no more. */
const longest = 8000;

/** A person's remarks on the run. */
export function NoteEditor({
  run,
  onChange,
}: {
  run: Run;
  onChange: (change: RunChange) => Promise<boolean>;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const note = run.tags[noteTag] ?? '';
  // What could not be kept stays in the box.
  const keep = async () => {
    if (draft === null) return;
    const kept =
      draft === note || (await onChange({ tags: { [noteTag]: draft.trim() === '' ? null : draft } }));
    if (kept) setDraft((now) => (now === draft ? null : now));
  };
  return (
    <section className="fb-card" aria-label="Note">
      <h3>Note</h3>
      <textarea
        className="fb-input"
        rows={Math.min(8, Math.max(2, (draft ?? note).split('\n').length))}
        maxLength={longest}
        value={draft ?? note}
        placeholder="What was tried, and what came of it"
        aria-label="Note"
        onChange={({ target }) => setDraft(target.value)}
        disabled={run.deleted}
        onBlur={() => void keep()}
      />
    </section>
  );
}
