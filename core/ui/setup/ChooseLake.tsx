import { useState } from 'react';
import { ForebayError } from '../../src/api/errors.ts';
import type { LakeRequest, LakeTest } from '../../src/api/schemas.ts';
import { useHost } from '../host.ts';
import { ProblemNote } from '../parts/ProblemNote.tsx';
import { Choice } from './Choice.tsx';
import { Credentials } from './Credentials.tsx';
import { Field } from './Field.tsx';
import { emptyLakeForm, type LakeForm, lakeRequestOf, lakeVerdict } from './lakeForm.ts';
import { TestOutcome } from './TestOutcome.tsx';
import { useTest } from './useTest.ts';

/** Chooses the lake of a home that has none yet; tried before it is chosen. */
export function ChooseLake({ folder, onChosen }: { folder: string; onChosen: () => void }) {
  const host = useHost();
  const [form, setForm] = useState<LakeForm>(() => emptyLakeForm(folder));
  const [using, setUsing] = useState(false);
  const [problem, setProblem] = useState<ForebayError | null>(null);
  const test = useTest<LakeTest>();
  const set = (some: Partial<LakeForm>) => {
    setForm({ ...form, ...some });
    setProblem(null);
    test.forget();
  };
  const request = lakeRequestOf(form);
  const { tested } = test;
  const missing =
    tested.state === 'done' && tested.found.holds === 'missing' && tested.found.kind === 'bucket';
  const run = (asked: LakeRequest) => test.run(() => host.client.app.testLake(asked));
  const use = async (asked: LakeRequest) => {
    setProblem(null);
    const known = tested.state === 'done' ? tested.found : await run(asked);
    if (!known || !(known.ok || (missing && tested.state === 'done'))) return;
    setUsing(true);
    try {
      const { url } = await host.client.app.openLake(asked);
      host.notify({ kind: 'done', text: `${url} is this home's lake.` });
      onChosen();
    } catch (error) {
      setProblem(ForebayError.from(error));
    } finally {
      setUsing(false);
    }
  };
  return (
    <form
      className="fb-set-up-form"
      aria-label="Choose the lake"
      onSubmit={(event) => {
        event.preventDefault();
        if (request) void run(request);
      }}
    >
      <p>None is chosen yet. Without a choice the first version makes one in {folder}.</p>
      <Choice
        label="Kind"
        choices={{ folder: 'A folder', bucket: 'An S3 bucket' }}
        chosen={form.kind}
        onChoose={(kind) => set({ kind })}
      />
      {form.kind === 'folder' ? (
        <Field
          label="Folder"
          value={form.folder}
          onChange={(next) => set({ folder: next })}
          note="An absolute path where Forebay's daemon runs; made if need be."
        />
      ) : (
        <>
          <Field
            label="Bucket"
            value={form.bucket}
            onChange={(bucket) => set({ bucket })}
            placeholder="ml-data"
          />
          <Field
            label="Prefix"
            value={form.prefix}
            onChange={(prefix) => set({ prefix })}
            placeholder="forebay"
            note="Optional: a place within the bucket."
          />
          <Field
            label="Endpoint"
            value={form.endpoint}
            onChange={(endpoint) => set({ endpoint })}
            placeholder="https://s3.example.com"
            note="Empty for Amazon S3, or what AWS_ENDPOINT_URL_S3 says where the daemon runs."
          />
          <Field
            label="Region"
            value={form.region}
            onChange={(region) => set({ region })}
            placeholder="us-east-1"
            note="Optional."
          />
          <Credentials value={form.credentials} onChange={(credentials) => set({ credentials })} />
        </>
      )}
      <div className="fb-buttons">
        <button type="submit" className="fb-button" disabled={!request || tested.state === 'running'}>
          Test
        </button>
        <button
          type="button"
          className="fb-button fb-button-main"
          disabled={!request || using || tested.state === 'running'}
          onClick={() => request && void use(request)}
        >
          {using ? 'Making it ready…' : missing ? 'Make this bucket and use it' : 'Use as lake'}
        </button>
      </div>
      {problem && <ProblemNote error={problem} />}
      <TestOutcome test={test} verdict={lakeVerdict} />
    </form>
  );
}
