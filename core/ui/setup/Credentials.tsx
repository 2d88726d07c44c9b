import { Choice } from './Choice.tsx';
import { Field } from './Field.tsx';
import type { TypedCredentials } from './typedCredentials.ts';

export function Credentials({ value, onChange }: CredentialsProps) {
  return (
    <>
      <Choice
        label="Credentials"
        choices={{
          environment: "From where Forebay's daemon runs: AWS_ACCESS_KEY_ID, ~/.aws, or the machine's role",
          typed: 'Typed in here',
        }}
        chosen={value.from}
        onChoose={(from) => onChange({ ...value, from })}
      />
      {value.from === 'typed' && <KeyFields value={value} onChange={onChange} />}
    </>
  );
}

export function KeyFields({ value, onChange }: CredentialsProps) {
  const set = (some: Partial<TypedCredentials>) => onChange({ ...value, ...some });
  return (
    <>
      <Field label="Access key" value={value.id} onChange={(id) => set({ id })} />
      <Field label="Secret key" secret value={value.secret} onChange={(secret) => set({ secret })} />
      <Field
        label="Session token"
        secret
        value={value.token}
        onChange={(token) => set({ token })}
        note="Only for temporary keys. All three stay in the daemon's memory until it ends; nothing is written down."
      />
    </>
  );
}

interface CredentialsProps {
  value: TypedCredentials;
  onChange: (value: TypedCredentials) => void;
}
