import { useState } from 'react';
import type { LakeInfo, LakeTest } from '../../src/api/schemas.ts';
import { useHost } from '../host.ts';
import { MiddleName } from '../parts/MiddleName.tsx';
import { KeyFields } from './Credentials.tsx';
import { lakeVerdict } from './lakeForm.ts';
import { TestOutcome } from './TestOutcome.tsx';
import { credentialsOf, noCredentials, type TypedCredentials } from './typedCredentials.ts';
import { useTest } from './useTest.ts';

const noKeys: TypedCredentials = { ...noCredentials, from: 'typed' };

/** The lake of this home, which is chosen once: where it is, whether it works, and credentials for it. */
export function ChosenLake({ lake }: { lake: LakeInfo }) {
  const host = useHost();
  const test = useTest<LakeTest>();
  const [typing, setTyping] = useState(false);
  const [typed, setTyped] = useState(noKeys);
  const bucket = lake.url.startsWith('s3://');
  const credentials = credentialsOf(typed);
  const handOver = async () => {
    if (!credentials) return;
    const request = { url: lake.url, credentials };
    // Tried before: what doesn't work isn't kept.
    const found = await test.run(() => host.client.app.testLake(request));
    if (!found?.ok) return;
    try {
      await host.client.app.openLake(request);
      setTyping(false);
      setTyped(noKeys);
      host.notify({ kind: 'done', text: `The daemon has these credentials of ${lake.url} until it ends.` });
    } catch (error) {
      host.notify({ kind: 'failed', error });
    }
  };
  return (
    <div className="fb-set-up-block">
      <div className="fb-set-up-line">
        <span className="fb-set-up-name" title={lake.url}>
          <MiddleName name={lake.url} />
        </span>
        {lake.temporary && (
          <span className="fb-tag" title="A restart may empty it">
            temporary
          </span>
        )}
        <span className="fb-dim">
          {bucket
            ? [lake.endpoint ?? 'Amazon S3, or AWS_ENDPOINT_URL_S3', lake.region].filter(Boolean).join(', ')
            : 'a folder'}
        </span>
      </div>
      <p className="fb-dim">
        A home has one lake for good. For another one set FOREBAY_HOME to a new folder.
      </p>
      <div className="fb-buttons">
        <button
          type="button"
          className="fb-button"
          onClick={() => void test.run(() => host.client.app.testLake({ url: lake.url }))}
        >
          Test lake
        </button>
        {bucket && (
          <button
            type="button"
            className="fb-button"
            aria-expanded={typing}
            onClick={() => setTyping(!typing)}
          >
            Give credentials…
          </button>
        )}
      </div>
      {typing && (
        <form
          className="fb-set-up-form"
          aria-label="Credentials of the lake"
          onSubmit={(event) => {
            event.preventDefault();
            void handOver();
          }}
        >
          <KeyFields value={typed} onChange={setTyped} />
          <div className="fb-buttons">
            <button
              type="submit"
              className="fb-button fb-button-main"
              disabled={!credentials || test.tested.state === 'running'}
            >
              Test and use
            </button>
          </div>
        </form>
      )}
      <TestOutcome test={test} verdict={lakeVerdict} />
    </div>
  );
}
